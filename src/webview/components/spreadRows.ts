import { useLayoutEffect, useReducer, useRef } from 'preact/hooks';
import { spreadRows } from '../../model/spreadRows';

/** Of those that changed, so many are drawn with each frame: with every reading most rows of a program do, if only by their age. */
const ROWS_PER_FRAME = 6;

/**
 * The rows to draw now. Where many have changed, some of them are still as they were drawn last, and the rest follows in the
 * frames after this one: the work of one reading would take two or three frames' time, and a list that is scrolled would halt.
 */
export function useSpreadRows<Row extends { readonly id: string }>(rows: readonly Row[]): readonly Row[] {
  const drawn = useRef<readonly Row[]>([]);
  const [, goOn] = useReducer<number, undefined>((count) => count + 1, 0);
  const { shown, isLate } = spreadRows(drawn.current, rows, ROWS_PER_FRAME);
  drawn.current = shown;
  useLayoutEffect(() => {
    if (!isLate) return undefined;
    const frame = requestAnimationFrame(() => goOn(undefined));
    return () => cancelAnimationFrame(frame);
  });
  return shown;
}
