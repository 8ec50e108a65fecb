/** Which rows of a list that scrolls with the page are in sight. */
import type { RefObject } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { RowGeometry } from '../../model/rowGeometry';

export interface VisibleRows {
  /** The rows to draw: those in sight, and some above and below. `last` is the one after them. */
  readonly first: number;
  readonly last: number;
  /** The first one in sight. */
  readonly top: number;
  /** How many are in sight. */
  readonly onScreen: number;
}

/** Rows beyond the edges that are drawn too. */
const OVERSCAN = 6;
/** Rows are drawn by so many at a time: not each pixel of scrolling is work. */
const STEP = 4;

export function useVisibleRows(box: RefObject<HTMLElement | null>, geometry: RowGeometry, count: number): VisibleRows {
  const [visible, setVisible] = useState<VisibleRows>({ first: 0, last: 40, top: 0, onScreen: 20 });
  const newest = useRef({ geometry, count });
  newest.current = { geometry, count };
  const measure = () => {
    if (!box.current) return;
    const now = inSight(box.current, newest.current.geometry, newest.current.count);
    setVisible((before) => (before.first === now.first && before.last === now.last && before.top === now.top && before.onScreen === now.onScreen ? before : now));
  };
  useLayoutEffect(() => {
    window.addEventListener('scroll', measure, { passive: true });
    window.addEventListener('resize', measure, { passive: true });
    // What stands above may move it, and then the page becomes longer or shorter. To look with every drawing would have the page laid out in its midst.
    const lengths = new ResizeObserver(measure);
    lengths.observe(document.body);
    if (box.current) lengths.observe(box.current);
    return () => {
      window.removeEventListener('scroll', measure);
      window.removeEventListener('resize', measure);
      lengths.disconnect();
    };
  }, []);
  useLayoutEffect(measure, [geometry, count]);
  return { ...visible, first: Math.min(visible.first, count), last: Math.min(visible.last, count) };
}

function inSight(box: HTMLElement, geometry: RowGeometry, count: number): VisibleRows {
  const { top } = box.getBoundingClientRect();
  const begin = Math.min(count, geometry.positionAt(coveredTo() - top));
  const end = Math.min(count, geometry.positionAt(window.innerHeight - top) + 1);
  return {
    first: Math.max(0, Math.floor((begin - OVERSCAN) / STEP) * STEP),
    last: Math.ceil((end + OVERSCAN) / STEP) * STEP,
    // Told by steps too, so that it is no change by itself.
    top: Math.floor(begin / STEP) * STEP,
    onScreen: Math.ceil((end - begin) / STEP) * STEP,
  };
}

/** The height of a closed row as style sheets have it, which may change with the width. */
export function useRowHeight(box: RefObject<HTMLElement | null>, expected: number): number {
  const [height, setHeight] = useState(expected);
  const isMeasured = useRef(false);
  const measure = () => {
    const first = box.current?.querySelector<HTMLElement>('.row-head');
    if (!first) return;
    isMeasured.current = true;
    setHeight(first.offsetHeight);
  };
  useLayoutEffect(() => {
    if (!box.current) return;
    const observer = new ResizeObserver(measure);
    observer.observe(box.current);
    return () => observer.disconnect();
  }, []);
  // Where the page begins far down, no row is there when the box is.
  useLayoutEffect(() => {
    if (!isMeasured.current) measure();
  });
  return height;
}

/** Scrolls the page so that a row is in sight, below the header and the tabs. */
export function revealRow(box: HTMLElement, offset: number, height: number): void {
  const top = box.getBoundingClientRect().top + offset;
  const above = top - coveredTo();
  const below = top + height - window.innerHeight;
  if (above < 0) window.scrollBy(0, above);
  else if (below > 0) window.scrollBy(0, below);
}

/** The page's header stays in sight. */
export function headerBottom(): number {
  return document.querySelector('.header')?.getBoundingClientRect().bottom ?? 0;
}

/** So do the tabs, below it. */
function coveredTo(): number {
  return document.querySelector('.tabs')?.getBoundingClientRect().bottom ?? headerBottom();
}
