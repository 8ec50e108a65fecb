/** The keys that go back and forth. */
export interface MoveKeys {
  readonly back: string;
  readonly forth: string;
}

/**
 * Moves the focus among the elements of a composite widget that match, round and round, by arrow keys, Home and End.
 * Does nothing for other keys.
 */
export function moveFocus(event: KeyboardEvent, container: HTMLElement | null, selector: string, { back, forth }: MoveKeys): void {
  const items = [...(container?.querySelectorAll<HTMLElement>(selector) ?? [])];
  const at = items.findIndex((item) => item === document.activeElement);
  // Keys of something within that is no item of this widget, such as an open menu, are not its own.
  if (at < 0 || event.ctrlKey || event.altKey || event.metaKey) return;
  const target = { [back]: at - 1, [forth]: at + 1, Home: 0, End: items.length - 1 }[event.key];
  if (target === undefined) return;
  items.at(target % items.length)?.focus();
  event.preventDefault();
  event.stopPropagation();
}
