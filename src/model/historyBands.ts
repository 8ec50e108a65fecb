import type { HistoryBand } from '../protocol/profile';
import type { EpochMilliseconds, Milliseconds } from '../protocol/units';

type Kind = HistoryBand['kind'];

/** Two bands of a kind that are closer than this are one: a debugger that steps does not stripe the charts. */
const JOINED_WITHIN: Milliseconds = 500;

/** Bands kept; past this the oldest go. */
const MAX_BANDS = 500;

/** Stretches of the history in which the program did not run or was not heard. At most one of each kind lasts. */
export class HistoryBands {
  #over: HistoryBand[] = [];
  readonly #lasting = new Map<Kind, EpochMilliseconds>();

  /** In the order of their beginnings. */
  toArray(): HistoryBand[] {
    const lasting = [...this.#lasting].map(([kind, from]): HistoryBand => ({ kind, from, to: null }));
    return [...this.#over, ...lasting].sort((one, other) => one.from - other.from);
  }

  /** Nothing while one of the kind lasts. Goes on with the last one when that ended a moment ago. */
  begin(kind: Kind, time: EpochMilliseconds): void {
    if (this.#lasting.has(kind)) return;
    const last = this.#over.map((band) => band.kind).lastIndexOf(kind);
    const before = this.#over[last];
    const goesOn = before !== undefined && before.to !== null && time - before.to < JOINED_WITHIN;
    if (goesOn) this.#over.splice(last, 1);
    this.#lasting.set(kind, goesOn ? before.from : time);
  }

  /** Nothing when none of the kind lasts. */
  end(kind: Kind, time: EpochMilliseconds): void {
    const from = this.#lasting.get(kind);
    if (from === undefined) return;
    this.#lasting.delete(kind);
    this.#add({ kind, from, to: Math.max(from, time) });
  }

  endAll(time: EpochMilliseconds): void {
    for (const kind of [...this.#lasting.keys()]) this.end(kind, time);
  }

  /** Adds bands where none is yet between two times. @param least Shorter rests are left out. */
  cover(kind: Kind, from: EpochMilliseconds, to: EpochMilliseconds, least: Milliseconds): boolean {
    let covered = from;
    const gaps: HistoryBand[] = [];
    for (const band of this.toArray()) {
      if (band.from > covered) gaps.push({ kind, from: covered, to: Math.min(band.from, to) });
      covered = Math.max(covered, band.to ?? to);
      if (covered >= to) break;
    }
    if (covered < to) gaps.push({ kind, from: covered, to });
    const wanted = gaps.filter((gap) => (gap.to ?? to) - gap.from > least);
    for (const gap of wanted) this.#add(gap);
    return wanted.length > 0;
  }

  /** Forgets what was over by then. */
  dropBefore(time: EpochMilliseconds): boolean {
    const kept = this.#over.filter((band) => (band.to ?? time) >= time);
    const dropped = kept.length < this.#over.length;
    if (dropped) this.#over = kept;
    return dropped;
  }

  /** What lasts goes on lasting. */
  clear(): void {
    this.#over = [];
  }

  #add(band: HistoryBand): void {
    this.#over.push(band);
    if (this.#over.length > MAX_BANDS) this.#over.shift();
  }
}
