import type { RefObject } from 'preact';
import { useCallback, useContext, useLayoutEffect, useMemo, useRef } from 'preact/hooks';
import type { Milliseconds } from '../../protocol/units';
import { PageContext } from './context';
import { headerBottom } from './visibleRows';

/** How far the page is scrolled with each tab. */
export interface TabScroll {
  /** Keeps the place of the tab on show: to be called before another one is chosen. */
  leave(): void;
  /** Has a tab begin at its top when it is shown next. */
  forget(tab: string): void;
}

/** A list that has become shorter meanwhile is not waited for any longer: nobody wants the page to move by itself. */
const GIVE_UP_AFTER: Milliseconds = 5_000;

/**
 * Who scrolls line by line ends scrolling with each line. To ask for the place then has the page laid out in the midst of a frame,
 * and to keep it takes VS Code's window as well.
 */
const RESTS_AFTER: Milliseconds = 200;

const INPUTS = ['wheel', 'pointerdown', 'keydown'] as const;

const memoryOf = (tab: string) => `Scroll of ${tab}`;

/**
 * Keeps the place of each tab over tab switches, over hiding, for which VS Code throws the page away, and over a reload.
 *
 * @param lists The tabs and what they show.
 */
export function useTabScroll(tab: string, lists: RefObject<HTMLElement | null>): TabScroll {
  const host = useContext(PageContext)?.host;
  /** Where the page is to be as soon as it is long enough: its rows are still to come. Null when it is there. */
  const wanted = useRef<{ readonly top: number; readonly until: Milliseconds } | null>(null);
  /** How far the page was scrolled with the tab before. */
  const before = useRef<number | null>(null);
  // Once: it has the page laid out, in the midst of a drawing.
  before.current ??= window.scrollY;
  const keep = useCallback(() => {
    before.current = window.scrollY;
    if (wanted.current === null) host?.remember(memoryOf(tab), [String(Math.round(window.scrollY))]);
  }, [host, tab]);

  useLayoutEffect(() => {
    const kept = Number(host?.recall(memoryOf(tab))[0]);
    const top = Number.isFinite(kept) ? kept : Math.min(before.current ?? 0, topOf(lists.current));
    wanted.current = { top, until: performance.now() + GIVE_UP_AFTER };
    const goOn = () => {
      if (wanted.current === null) return;
      window.scrollTo(0, wanted.current.top);
      if (window.scrollY >= wanted.current.top - 1 || performance.now() > wanted.current.until) wanted.current = null;
    };
    // It is told once at the beginning too, before anything is painted.
    const lengths = new ResizeObserver(goOn);
    lengths.observe(document.body);
    return () => lengths.disconnect();
  }, [host, tab]);

  useLayoutEffect(() => {
    // Who does something now wants to be where he is. That the page scrolls does not tell: it also does when it becomes shorter.
    const giveUp = () => void (wanted.current = null);
    for (const input of INPUTS) window.addEventListener(input, giveUp, { passive: true, capture: true });
    let rest: ReturnType<typeof setTimeout> | undefined;
    const keepAtRest = () => {
      clearTimeout(rest);
      rest = setTimeout(keep, RESTS_AFTER);
    };
    document.addEventListener('scrollend', keepAtRest);
    return () => {
      for (const input of INPUTS) window.removeEventListener(input, giveUp, { capture: true });
      clearTimeout(rest);
      document.removeEventListener('scrollend', keepAtRest);
    };
  }, [keep]);

  const forget = useCallback(
    (other: string) => {
      host?.remember(memoryOf(other), []);
      if (other === tab) wanted.current = null;
    },
    [host, tab],
  );
  return useMemo(() => ({ leave: keep, forget }), [keep, forget]);
}

/** How far the page is scrolled when the lists begin right below its header. */
function topOf(lists: HTMLElement | null): number {
  return lists === null ? 0 : Math.max(0, window.scrollY + lists.getBoundingClientRect().top - headerBottom());
}
