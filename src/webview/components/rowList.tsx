import './rowList.css';
import type { ComponentChildren } from 'preact';
import { useCallback, useRef, useState } from 'preact/hooks';
import { formatCount } from '../../model/format';
import { keepOrder } from '../../model/rowReuse';
import { ExpandableRow, type RowData } from './expandableRow';
import { useExpansion } from './expansion';
import { moveFocus } from './rowKeys';

interface RowListProps<T> {
  /** Names the list for people who cannot see it, and its expansion in the panel's memory. */
  readonly label: string;
  readonly rows: readonly T[];
  /** What a row says in a few words. */
  nameOf(row: T): string;
  /** Attributes that a row carries. */
  dataOf?(row: T): RowData;
  /** What a row shows when closed. */
  head(row: T): ComponentChildren;
  /** What it shows below when open. */
  body(row: T): ComponentChildren;
}

const FIRST_ROWS = 50;
const MORE_ROWS = 100;

/**
 * Rows that open to show more. Expansion, focus and the DOM itself follow `row.id` through updates, and while the mouse is
 * over the list rows keep their places, so that nobody clicks the row that just moved there.
 */
export function RowList<T extends { readonly id: string }>({ label, rows, nameOf, dataOf, head, body }: RowListProps<T>) {
  const [limit, setLimit] = useState(FIRST_ROWS);
  const { isOpen, toggle } = useExpansion(label);
  const hovered = useRef(false);
  const order = useRef<readonly string[]>([]);

  const ordered = hovered.current ? keepOrder(rows, order.current) : rows;
  order.current = ordered.map((row) => row.id);
  const rest = ordered.length - limit;
  const hold = useCallback(() => void (hovered.current = true), []);
  const release = useCallback(() => void (hovered.current = false), []);
  return (
    <>
      <ul class="rows" aria-label={label} onKeyDown={moveFocus} onPointerEnter={hold} onPointerLeave={release}>
        {ordered.slice(0, limit).map((row) => (
          <ExpandableRow
            key={row.id}
            row={row}
            open={isOpen(row.id)}
            onToggle={toggle}
            nameOf={nameOf}
            dataOf={dataOf}
            head={head}
            body={body}
          />
        ))}
      </ul>
      {rest > 0 && (
        <button type="button" class="show-more" onClick={() => setLimit(limit + MORE_ROWS)}>
          Show {formatCount(Math.min(rest, MORE_ROWS))} more
        </button>
      )}
    </>
  );
}
