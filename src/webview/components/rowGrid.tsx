import './rowGrid.css';
import type { ComponentChildren } from 'preact';
import { useContext, useId, useLayoutEffect, useMemo, useRef, useState, useCallback } from 'preact/hooks';
import { keepOrder } from '../../model/keepOrder';
import { RowGeometry } from '../../model/rowGeometry';
import type { Milliseconds } from '../../protocol/units';
import type { ShownList } from '../state';
import type { Sorting } from './columnHeads';
import { PageContext } from './context';
import type { Expansion } from './expansion';
import { gridAction } from './gridKeys';
import { GridRow } from './gridRow';
import type { GridState } from './gridState';
import { copyText, openFrame } from './openFrame';
import type { RowLook } from './rowLook';
import { useSpreadRows } from './spreadRows';
import { revealRow, useRowHeight, useVisibleRows } from './visibleRows';

interface RowGridProps<Row extends { readonly id: string }> {
  readonly label: string;
  readonly list: ShownList<Row>;
  readonly look: RowLook<Row>;
  readonly grid: GridState;
  readonly expansion: Pick<Expansion, 'isOpen' | 'toggle'>;
  /** How the list is sorted, where that can be chosen. */
  readonly sorting?: Sorting;
  /** Cells of a last row that is none of the list: its sums. */
  readonly foot?: ComponentChildren;
}

/** Until a body was drawn. */
const BODY_HEIGHT = 200;
/** Rows beyond those in sight that are asked for, and how near the end of them the next ones are. */
const AHEAD = 60;
const NEAR = 25;

/** So long after a row was brought into sight, heights that are measured as rows are drawn do not move it out again. */
const SETTLES_WITHIN: Milliseconds = 1_000;

/**
 * A list of any length, by the ARIA pattern for tree grids: one stop for the Tab key, arrows move, and only the rows in sight
 * are there. Expansion, the active row and the DOM itself follow `row.id` through updates, and while the mouse is over the
 * list rows keep their places, so that nobody clicks the row that just moved there.
 */
export function RowGrid<Row extends { readonly id: string }>({ label, list, look, grid, expansion, sorting, foot }: RowGridProps<Row>) {
  const page = useContext(PageContext);
  const domId = useId();
  const root = useRef<HTMLDivElement>(null);
  const box = useRef<HTMLDivElement>(null);
  const rowHeight = useRowHeight(box, look.height);
  const [heights, setHeights] = useState<ReadonlyMap<string, number>>(new Map());
  const onBodyHeight = useCallback((id: string, height: number) => setHeights((before) => (before.get(id) === height ? before : new Map(before).set(id, height))), []);

  const hovered = useRef(false);
  const sortedBy = useRef(sorting?.by);
  // Who sorts wants to see it, also with the mouse left where it was.
  if (sortedBy.current !== sorting?.by) hovered.current = false;
  sortedBy.current = sorting?.by;
  // Of another part of the list nothing has been seen: there it is as it comes.
  const seen = useRef<{ readonly first: number; readonly ids: readonly string[] }>({ first: 0, ids: [] });
  const rows = hovered.current && seen.current.first === list.first ? keepOrder(list.rows, seen.current.ids) : list.rows;
  seen.current = { first: list.first, ids: rows.map(({ id }) => id) };
  const inWindow = new Map(rows.map((row, index) => [row.id, list.first + index]));
  const placeOf = (id: string) => inWindow.get(id) ?? list.places.get(id);

  const bodies = look.body === null ? [] : bodiesOf(list.places, placeOf, expansion.isOpen, heights);
  // Plain data, and few: what has not changed is the same object.
  const geometry = useMemo(() => new RowGeometry(rowHeight, bodies), [rowHeight, JSON.stringify(bodies)]);
  const visible = useVisibleRows(box, geometry, list.count);
  const { window, setWindow, active } = grid;
  useLayoutEffect(() => {
    const from = Math.max(0, visible.first - NEAR);
    const to = Math.min(list.count, visible.last + NEAR);
    if (from >= window.first && to <= window.first + window.count) return;
    setWindow({ first: Math.max(0, visible.first - AHEAD), count: visible.last - visible.first + 2 * AHEAD });
  });

  const broughtAt = useRef<Milliseconds>(-Infinity);
  const bringIntoSight = (position: number) => {
    broughtAt.current = performance.now();
    if (box.current) revealRow(box.current, geometry.offsetOf(position), rowHeight);
  };

  const at = active === null ? -1 : Math.min(list.count - 1, (active.id === null ? undefined : placeOf(active.id)) ?? active.position);
  const activeRow = at < 0 ? undefined : rows[at - list.first];
  useLayoutEffect(() => {
    // Its row has come, or another one is in its place.
    if (activeRow && activeRow.id !== active?.id) grid.setActive({ id: activeRow.id, position: at });
  }, [activeRow?.id, active?.id]);

  const revealedAt = grid.revealed === null ? undefined : placeOf(grid.revealed);
  useLayoutEffect(() => {
    if (revealedAt === undefined || !box.current) return;
    grid.endReveal();
    root.current?.focus({ preventScroll: true });
    bringIntoSight(revealedAt);
  }, [revealedAt]);
  useLayoutEffect(() => {
    if (at >= 0 && performance.now() - broughtAt.current < SETTLES_WITHIN) bringIntoSight(at);
  }, [geometry.offsetOf(Math.max(0, at))]);

  const moveTo = (position: number) => {
    grid.setActive({ id: rows[position - list.first]?.id ?? null, position });
    bringIntoSight(position);
  };
  const enter = (row: Row, event: KeyboardEvent) => {
    if (look.enter === undefined) openFrame(page, look.frameOf(row), event);
    else if (page) look.enter(row, page);
  };
  const act = (event: KeyboardEvent): boolean => {
    const expandable = activeRow !== undefined && look.isExpandable(activeRow);
    const open = activeRow !== undefined && expansion.isOpen(activeRow.id);
    const action = gridAction(event, { position: Math.max(0, at), count: list.count, page: Math.max(1, visible.onScreen - 1), expandable, open });
    if (action === null) return false;
    if (action.kind === 'move') moveTo(at < 0 ? 0 : action.to);
    else if (activeRow === undefined) return false;
    else if (action.kind === 'openFrame') enter(activeRow, event);
    else if (action.kind === 'copy') copyText(page, look.textOf(activeRow));
    else if (action.kind === 'toParent') {
      const parent = parentOf(rows, at - list.first, look);
      if (parent >= 0) moveTo(list.first + parent);
    } else expansion.toggle(activeRow.id);
    return true;
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target instanceof Element && event.target.closest('.row-body')) {
      if (event.key === 'Escape') root.current?.focus({ preventScroll: true });
      return;
    }
    // A button there has keys of its own.
    if (event.target instanceof Element && event.target.closest('.columns')) return;
    // The page would scroll.
    if (act(event)) event.preventDefault();
  };
  const rowOf = (target: EventTarget | null) => {
    const id = target instanceof Element ? target.closest<HTMLElement>('.row')?.dataset.rowId : undefined;
    return rows.find((row) => row.id === id);
  };
  const onMouseDown = (event: MouseEvent) => {
    const row = rowOf(event.target);
    if (!row || !(event.target instanceof Element) || !event.target.closest('.row-head')) return;
    // The grid has the focus, not what is in it: that may scroll away.
    event.preventDefault();
    root.current?.focus({ preventScroll: true });
    grid.setActive({ id: row.id, position: placeOf(row.id) ?? 0 });
  };
  const onClick = (event: MouseEvent) => {
    const row = rowOf(event.target);
    const isOnHead = event.target instanceof Element && event.target.closest('.row-head') !== null && event.target.closest('button') === null;
    if (row && isOnHead && look.isExpandable(row)) expansion.toggle(row.id);
  };
  const onFocusIn = (event: FocusEvent) => {
    const isInBody = event.target instanceof Element && event.target.closest('.row-body') !== null;
    grid.setPinned(isInBody ? (rowOf(event.target)?.id ?? null) : null);
    if (event.target === root.current && at < 0 && list.count > 0) grid.setActive({ id: rows[visible.top - list.first]?.id ?? null, position: visible.top });
  };

  const inSight = rows.filter((row) => {
    const position = inWindow.get(row.id) ?? 0;
    return (position >= visible.first && position < visible.last) || grid.tracked.at(-1) === row.id;
  });
  const shown = useSpreadRows(inSight);
  const heads = look.columns === null ? 0 : 1;
  return (
    <div
      class="grid"
      role="treegrid"
      aria-label={label}
      aria-rowcount={heads + list.count + (foot === undefined ? 0 : 1)}
      aria-activedescendant={activeRow && inSight.includes(activeRow) ? `${domId}-${activeRow.id}` : undefined}
      tabIndex={0}
      ref={root}
      onKeyDown={onKeyDown}
      onMouseDown={onMouseDown}
      onClick={onClick}
      onFocusIn={onFocusIn}
    >
      {look.columns?.(sorting ?? null)}
      <div
        class="rows"
        role="rowgroup"
        ref={box}
        style={{ height: `${geometry.offsetOf(list.count)}px` }}
        onPointerMove={() => void (hovered.current = true)}
        onPointerLeave={() => void (hovered.current = false)}
      >
        {shown.map((row) => {
          const position = inWindow.get(row.id) ?? 0;
          return (
            <GridRow
              key={row.id}
              row={row}
              look={look}
              domId={`${domId}-${row.id}`}
              top={geometry.offsetOf(position)}
              position={position}
              rowIndex={heads + position + 1}
              open={look.isExpandable(row) && expansion.isOpen(row.id)}
              active={row.id === activeRow?.id}
              onBodyHeight={onBodyHeight}
            />
          );
        })}
      </div>
      {foot !== undefined && (
        <div role="rowgroup">
          <div class="row-foot" role="row" aria-rowindex={heads + list.count + 1}>
            {foot}
          </div>
        </div>
      )}
    </div>
  );
}

/** The open rows that are in the list, in order. */
function bodiesOf(places: ReadonlyMap<string, number>, placeOf: (id: string) => number | undefined, isOpen: (id: string) => boolean, heights: ReadonlyMap<string, number>) {
  return [...places.keys()]
    .filter(isOpen)
    .map((id) => ({ position: placeOf(id) ?? 0, height: heights.get(id) ?? BODY_HEIGHT }))
    .sort((a, b) => a.position - b.position);
}

/** The index of the row that a row is below; -1 when that is not among them. */
function parentOf<Row extends { readonly id: string }>(rows: readonly Row[], index: number, look: RowLook<Row>): number {
  const row = rows[index];
  if (!row) return -1;
  const level = look.levelOf(row);
  for (let above = index - 1; above >= 0; above--) {
    const other = rows[above];
    if (other && look.levelOf(other) < level) return above;
  }
  return -1;
}
