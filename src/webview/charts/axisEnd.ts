import { useEffect, useReducer, useRef } from 'preact/hooks';
import type { EpochMilliseconds } from '../../protocol/units';
import type { PageState } from '../state';

/** How often the charts move on while nothing comes. */
const STEP_MS = 1_000;
/** Points may be so many intervals late. */
const LATE_INTERVALS = 1.5;

/**
 * Where the time axis ends: at the newest that is known. While the program does not answer, a band lasts, and the axis goes
 * on with the time that passes here: the clock of the host, from which all other times are, may be another.
 */
export function useAxisEnd({ history, bands, events, intervalSeconds }: Pick<PageState, 'history' | 'bands' | 'events' | 'intervalSeconds'>): EpochMilliseconds {
  const known = Math.max(history.at(-1)?.time ?? 0, events.at(-1)?.time ?? 0, ...bands.map(({ from, to }) => to ?? from));
  const since = useRef({ known, at: 0 });
  if (since.current.known !== known || since.current.at === 0) since.current = { known, at: performance.now() };
  const lasts = bands.some(({ to }) => to === null);
  const [, moveOn] = useReducer<number, undefined>((count) => count + 1, 0);
  useEffect(() => {
    if (!lasts) return undefined;
    const timer = setInterval(() => moveOn(undefined), STEP_MS);
    return () => clearInterval(timer);
  }, [lasts]);
  const silence = performance.now() - since.current.at;
  return lasts && silence > LATE_INTERVALS * intervalSeconds * 1000 ? known + silence : known;
}
