import { useLayoutEffect, useRef } from 'preact/hooks';
import { Icon } from './icon';
import { pure } from './pure';
import type { RowLook } from './rowLook';

interface GridRowProps {
  readonly row: { readonly id: string };
  /** `never` in its functions: a row is only ever given to those that came with it. */
  readonly look: RowLook<never>;
  readonly domId: string;
  readonly top: number;
  readonly position: number;
  /** From 1, with the heads of the columns. */
  readonly rowIndex: number;
  readonly open: boolean;
  readonly active: boolean;
  onBodyHeight(id: string, height: number): void;
}

/** Pixels per level, as far as a quarter of the list: stacks are deep, and their names must stay in sight. */
const INDENT = 14;

/** One row, at its place in the list, with what it shows below when it is open. */
export const GridRow = pure<GridRowProps>(({ row, look, domId, top, position, rowIndex, open, active, onBodyHeight }) => {
  const given = row as never;
  const level = look.levelOf(given);
  const expandable = look.isExpandable(given);
  const isShown = open && look.body !== null;
  return (
    <div
      class={`row${open ? ' open' : ''}${isShown ? ' has-body' : ''}${active ? ' active' : ''}`}
      role="none"
      data-test="row"
      data-row-id={row.id}
      data-position={position}
      {...look.dataOf(given)}
      style={{ top: `${top}px` }}
    >
      <div
        class="row-head"
        role="row"
        id={domId}
        aria-label={look.nameOf(given)}
        aria-level={level}
        aria-expanded={expandable ? open : undefined}
        aria-selected={active}
        aria-rowindex={rowIndex}
        style={level > 1 ? { paddingLeft: `calc(8px + min(${INDENT * (level - 1)}px, 25%))` } : undefined}
      >
        <span class="row-toggle" aria-hidden="true">
          {expandable && <Icon name={open ? 'chevron-down' : 'chevron-right'} />}
        </span>
        {look.head(given)}
      </div>
      {isShown && (
        <RowBody id={row.id} level={level + 1} onHeight={onBodyHeight}>
          {look.body?.(given)}
        </RowBody>
      )}
    </div>
  );
});

interface RowBodyProps {
  readonly id: string;
  readonly level: number;
  onHeight(id: string, height: number): void;
  readonly children: preact.ComponentChildren;
}

/** Tells how high it is, before it is painted and whenever that changes: the rows below stand at fixed places. */
function RowBody({ id, level, onHeight, children }: RowBodyProps) {
  const box = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return;
    const tell = () => onHeight(id, element.offsetHeight);
    tell();
    const observer = new ResizeObserver(tell);
    observer.observe(element);
    return () => observer.disconnect();
  }, [id, onHeight]);
  return (
    <div class="row-body" role="row" aria-level={level} ref={box}>
      <div role="gridcell">{children}</div>
    </div>
  );
}
