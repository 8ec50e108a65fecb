/** Where a key leads in a grid, by the ARIA pattern for tree grids. */
export type GridAction =
  | { readonly kind: 'move'; readonly to: number }
  | { readonly kind: 'open' | 'close' | 'toggle' | 'toParent' | 'openFrame' | 'copy' };

export interface GridKeyContext {
  readonly position: number;
  readonly count: number;
  /** Rows on a screen. */
  readonly page: number;
  readonly expandable: boolean;
  readonly open: boolean;
}

type Key = Pick<KeyboardEvent, 'key' | 'altKey' | 'ctrlKey' | 'metaKey' | 'shiftKey'>;

/** Null for keys that mean nothing here. */
export function gridAction(key: Key, { position, count, page, expandable, open }: GridKeyContext): GridAction | null {
  const isCommand = key.ctrlKey || key.metaKey;
  if (key.key === 'Enter') return { kind: 'openFrame' };
  if (key.key.toLowerCase() === 'c' && isCommand && !key.altKey && !key.shiftKey) return { kind: 'copy' };
  if (isCommand || key.altKey || key.shiftKey) return null;
  const move = (to: number): GridAction => ({ kind: 'move', to: Math.max(0, Math.min(count - 1, to)) });
  switch (key.key) {
    case 'ArrowDown':
      return move(position + 1);
    case 'ArrowUp':
      return move(position - 1);
    case 'PageDown':
      return move(position + page);
    case 'PageUp':
      return move(position - page);
    case 'Home':
      return move(0);
    case 'End':
      return move(count - 1);
    case ' ':
      return expandable ? { kind: 'toggle' } : null;
    case 'ArrowRight':
      return !expandable ? null : open ? move(position + 1) : { kind: 'open' };
    case 'ArrowLeft':
      return expandable && open ? { kind: 'close' } : { kind: 'toParent' };
    default:
      return null;
  }
}
