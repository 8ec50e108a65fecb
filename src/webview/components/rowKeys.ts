/** The keys of a tree, on the toggle buttons of a list: up and down move, right opens, left closes. */
export function moveFocus(event: KeyboardEvent & { readonly currentTarget: HTMLElement }): void {
  const toggle = event.target instanceof Element ? event.target.closest<HTMLElement>('.row-toggle') : null;
  if (!toggle || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const isOpen = toggle.getAttribute('aria-expanded') === 'true';
  switch (event.key) {
    case 'ArrowRight':
      if (!isOpen) toggle.click();
      break;
    case 'ArrowLeft':
      if (isOpen) toggle.click();
      break;
    case 'ArrowDown':
    case 'ArrowUp':
    case 'Home':
    case 'End': {
      const all = [...event.currentTarget.querySelectorAll<HTMLElement>('.row-toggle')];
      all[target(event.key, all.indexOf(toggle), all.length)]?.focus();
      break;
    }
    default:
      return;
  }
  // The page would scroll.
  event.preventDefault();
}

function target(key: 'ArrowDown' | 'ArrowUp' | 'Home' | 'End', index: number, count: number): number {
  switch (key) {
    case 'ArrowDown':
      return Math.min(count - 1, index + 1);
    case 'ArrowUp':
      return Math.max(0, index - 1);
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
  }
}

/** Moves the focus out of a row that is about to go, to the row after it: else it would fall back to the page's start. */
export function focusNeighbour(inside: HTMLElement): void {
  const row = inside.closest('.row');
  const neighbour = row?.nextElementSibling ?? row?.previousElementSibling;
  neighbour?.querySelector<HTMLElement>('.row-toggle')?.focus();
}
