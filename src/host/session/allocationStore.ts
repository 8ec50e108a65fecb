import { allocationNotes } from '../../model/allocationNotes';
import type { AllocationListing } from '../../model/allocationListing';
import { allocationListing, type ListingQuery } from '../../model/allocationRows';
import { AllocationTimeline } from '../../model/allocationTimeline';
import { CallTree } from '../../model/callTree';
import { externalBranches } from '../../model/externalBranches';
import { MeasuredTree } from '../../model/measuredTree';
import { addAmounts, growth, nodeAmounts, noAmounts, sizedAmounts, type NodeAmounts } from '../../model/nodeAmounts';
import type {
  AllocationMeasure,
  AllocationProfile,
  AllocationQuery,
  AllocationReading,
  Amount,
  Amounts,
  Baseline,
  ExternalMemory,
  SamplerRun,
} from '../../protocol/allocations';
import type { Frame, RawFrame } from '../../protocol/frames';
import type { AllocationsFacts, AllocationsView, Interval } from '../../protocol/profile';
import type { EpochMilliseconds, ProgramClock } from '../../protocol/units';
import { filePath } from './sourceMapper';

/** What a view shows until its user chooses: R5's list of what is in use. */
export const DEFAULT_QUERY: AllocationQuery = { grouping: 'sites', measure: 'inUse', expanded: [], limit: 50, filter: '' };

/** What growth is measured from. */
interface Compared {
  readonly baseline: Baseline;
  readonly external: ExternalMemory | null;
  /** Of another program, with a call tree of its own; null for amounts of this one. */
  readonly other: AllocationStore | null;
  readonly inUse: NodeAmounts | null;
  readonly allocated: NodeAmounts | null;
}

/** Past this the tree begins anew, and with it what is compared: a program that makes up code all the time must not fill the host. */
const MAX_NODES = 4_000_000;

const NOTHING_OMITTED: AllocationReading['omitted'] = { sites: 0, inUse: null, allocated: null };

/** Where the memory of one program goes, over all its readings: a stack keeps its number, so that readings can be compared. */
export class AllocationStore {
  readonly #toFrame: (raw: RawFrame) => Frame;
  #tree = new CallTree();
  #timeline = new AllocationTimeline();
  #run: SamplerRun | null = null;
  #missing: string | null = null;
  #inUse: NodeAmounts | null = null;
  #inUseSince: EpochMilliseconds | null = null;
  /** All that was allocated in earlier runs of the sampler, and in this one. */
  #allocatedBefore: NodeAmounts | null = null;
  #allocated: NodeAmounts | null = null;
  #allocatedSince: EpochMilliseconds | null = null;
  /** When it was counted last, once it no longer is. */
  #allocatedUntil: EpochMilliseconds | null = null;
  #lostAt: EpochMilliseconds | null = null;
  #omitted = NOTHING_OMITTED;
  #external: ExternalMemory | null = null;
  #readAt: EpochMilliseconds | null = null;
  #compared: Compared | null = null;
  #interval: Interval | null = null;
  /** What was worked out for views since the last change: there are several of them, and each asks several times. */
  readonly #knownAmounts = new Map<AllocationMeasure, NodeAmounts | null>();
  readonly #knownTrees = new Map<AllocationMeasure, MeasuredTree | null>();

  constructor(toFrame: (raw: RawFrame) => Frame) {
    this.#toFrame = toFrame;
  }

  /** A saved profile. Its frames are mapped already. */
  static ofSaved(profile: AllocationProfile<Frame>, external: ExternalMemory | null, run: SamplerRun | null, time: EpochMilliseconds): AllocationStore {
    const frames = new Map<RawFrame, Frame>();
    const running = profile.frames.map((frame) => {
      const raw = runningFrame(frame);
      frames.set(raw, frame);
      return raw;
    });
    const store = new AllocationStore((raw) => frames.get(raw) ?? { functionName: raw.functionName, file: raw.url, line: raw.line, column: raw.column, origin: 'user' });
    const nodes = store.#tree.merge({ ...profile, frames: running });
    store.#inUse = profile.inUse && nodeAmounts(profile.inUse, nodes, store.#tree.size);
    store.#allocated = profile.allocated && nodeAmounts(profile.allocated, nodes, store.#tree.size);
    store.#external = external;
    store.#run = run;
    store.#readAt = time;
    return store;
  }

  /** When the sampler was read last; null before. */
  get readAt(): EpochMilliseconds | null {
    return this.#readAt;
  }

  get run(): SamplerRun | null {
    return this.#run;
  }

  get external(): ExternalMemory | null {
    return this.#external;
  }

  get baseline(): Baseline | null {
    return this.#compared?.baseline ?? null;
  }

  /** Live objects by the sampler's estimate; null when they are not sampled. */
  get liveObjects(): number | null {
    return this.#inUse && sum(this.#inUse.counts) + (this.#omitted.inUse?.count ?? 0);
  }

  /** @param external Null where it is not known. @param clock The program's clock when it was read. */
  add(reading: AllocationReading, external: ExternalMemory | null, clock: ProgramClock, time: EpochMilliseconds): void {
    this.#forgetViews();
    this.#external = external;
    this.#missing = reading.state.on ? null : reading.state.reason;
    if (reading.run !== null) this.#beginRun(reading.run, time, time - Math.max(0, clock - reading.run.since));
    const { profile } = reading;
    if (profile === null) return;
    if (this.#tree.size > MAX_NODES) this.reset();
    this.#readAt = time;
    this.#omitted = reading.omitted;
    const nodes = this.#tree.merge(profile);
    this.#inUse = profile.inUse && nodeAmounts(profile.inUse, nodes, this.#tree.size);
    if (profile.allocated === null) return;
    this.#allocated = nodeAmounts(profile.allocated, nodes, this.#tree.size);
    this.#timeline.add(time, this.#allocated);
  }

  /** What is known now is what growth is measured from. Does nothing before the first reading. */
  setMark(baseline: Baseline): void {
    if (this.#readAt === null) return;
    this.#forgetViews();
    this.#compared = { baseline, external: this.#external, other: null, inUse: this.#inUse, allocated: this.#allAllocated() };
  }

  /** Another program's memory is what growth is measured from. */
  compareWith(baseline: Baseline, other: AllocationStore): void {
    this.#forgetViews();
    this.#compared = { baseline, external: other.#external, other, inUse: null, allocated: null };
  }

  clearBaseline(): void {
    this.#forgetViews();
    this.#compared = null;
  }

  /** The part of the history that the measure `interval` is about; null for none. */
  selectInterval(interval: Interval | null): void {
    this.#forgetViews();
    this.#interval = interval;
  }

  /** Begins anew: nothing of what was before can be compared with what comes. */
  reset(): void {
    this.#forgetViews();
    this.#tree = new CallTree();
    this.#timeline = new AllocationTimeline();
    this.#run = null;
    this.#inUse = null;
    this.#inUseSince = null;
    this.#allocatedBefore = null;
    this.#allocated = null;
    this.#allocatedSince = null;
    this.#allocatedUntil = null;
    this.#lostAt = null;
    this.#omitted = NOTHING_OMITTED;
    this.#readAt = null;
    this.#compared = null;
    this.#interval = null;
  }

  /** The rows of a query. Those of a measure that is not known are none, and the measures say so. */
  view(query: AllocationQuery): AllocationsView {
    const { listing, total, notes } = this.list(query);
    return { ...this.facts, query, rows: listing?.rows() ?? [], total, notes };
  }

  /** What holds for every query. */
  get facts(): AllocationsFacts {
    return {
      measures: MEASURES.filter((measure) => this.#amounts(measure) !== null),
      mode: this.#run?.mode ?? null,
      baseline: this.#compared?.baseline ?? null,
      interval: this.#interval,
      readAt: this.#readAt,
      missing: this.#missing,
    };
  }

  /** The same as `view`, for views that look at a part of the rows: they are made when they are asked for. Null for none. */
  list(query: ListingQuery): { readonly listing: AllocationListing | null; readonly total: Amount | null; readonly notes: readonly string[] } {
    const { measure } = query;
    const notes = this.#notes(measure);
    const measured = this.#measured(measure);
    if (measured === null) return { listing: null, total: null, notes };
    const before = measure === 'growth' ? (this.#compared?.external ?? null) : null;
    const hasExternal = this.#external !== null && (measure === 'inUse' || measure === 'growth');
    const external = hasExternal && this.#external ? externalBranches(this.#external, before, query) : [];
    const { listing, total } = allocationListing(measured, query, this.#toFrame, external);
    return { listing, total: this.#withOmitted(total, measure), notes };
  }

  /** All that is known as one profile with frames as they are mapped by now, for exports; null before the first reading. */
  profile(): AllocationProfile<Frame> | null {
    if (this.#readAt === null) return null;
    const { frames, parents, frameOf, size } = this.#tree;
    const allocated = this.#allAllocated();
    return {
      frames: frames.map(this.#toFrame),
      parents: [...parents],
      frameOf: [...frameOf],
      inUse: this.#inUse && plain(this.#inUse, size),
      allocated: allocated && plain(allocated, size),
    };
  }

  /** @param began When the run began, by the host's clock. */
  #beginRun(run: SamplerRun, time: EpochMilliseconds, began: EpochMilliseconds): void {
    const last = this.#run;
    this.#run = run;
    if (last?.epoch === run.epoch) return;
    const keepsAll = run.mode === 'both' || run.mode === 'recording';
    this.#inUseSince = run.mode === 'recording' ? null : began;
    this.#inUse = null;
    if (last !== null && !last.isLast && last.epoch > 0) this.#lostAt = time;
    // What a recording counted stays, until another begins; what was counted up to a new start of the sampler goes on.
    if (keepsAll && last !== null && last.mode === run.mode) this.#allocatedBefore = this.#allAllocated();
    else if (keepsAll) {
      this.#allocatedBefore = null;
      this.#allocatedSince = began;
      this.#lostAt = null;
    }
    this.#allocatedUntil = keepsAll || this.#allocated === null ? null : (this.#allocatedUntil ?? time);
    if (!keepsAll) return;
    this.#allocated = noAmounts(0);
    this.#timeline.reset();
    this.#timeline.add(began, this.#allocated);
  }

  #allAllocated(): NodeAmounts | null {
    if (this.#allocated === null || this.#allocatedBefore === null) return this.#allocated;
    return addAmounts(this.#allocated, this.#allocatedBefore);
  }

  /** Whatever changes what a measure comes to begins with this. */
  #forgetViews(): void {
    this.#knownAmounts.clear();
    this.#knownTrees.clear();
  }

  /** The amounts of a measure on this tree; null when it is not known. For growth from another program, of this one only. */
  #amounts(measure: AllocationMeasure): NodeAmounts | null {
    return known(this.#knownAmounts, measure, () => this.#workOutAmounts(measure));
  }

  #workOutAmounts(measure: AllocationMeasure): NodeAmounts | null {
    const compared = this.#compared;
    switch (measure) {
      case 'inUse':
        return this.#inUse;
      case 'allocated':
        return this.#allAllocated();
      case 'growth':
        if (compared === null || this.#inUse === null) return null;
        if (compared.other !== null) return compared.other.#inUse && this.#inUse;
        return compared.inUse && growth(this.#inUse, compared.inUse);
      case 'allocatedSince': {
        const all = this.#allAllocated();
        return all && compared?.allocated ? growth(all, compared.allocated) : null;
      }
      case 'interval':
        return this.#interval && this.#timeline.between(this.#interval.from, this.#interval.to);
    }
  }

  #measured(measure: AllocationMeasure): MeasuredTree | null {
    return known(this.#knownTrees, measure, () => this.#workOutTree(measure));
  }

  #workOutTree(measure: AllocationMeasure): MeasuredTree | null {
    const amounts = this.#amounts(measure);
    if (amounts === null) return null;
    const other = this.#compared?.other;
    if (measure !== 'growth') return new MeasuredTree(this.#tree, amounts, measure === 'allocatedSince' ? this.#compared?.allocated : null);
    const inUseThere = other ? other.#inUse : null;
    if (other == null || inUseThere === null) return new MeasuredTree(this.#tree, amounts, this.#compared?.inUse);
    // Lines move between builds: there functions are told by name and file.
    const tree = new CallTree({ ignoreLines: true, fileOf: filePath });
    // This one last: a frame then has the place that it has in the code that runs.
    const there = tree.merge(other.#tree);
    const here = tree.merge(this.#tree);
    const before = moved(inUseThere, there, tree.size);
    return new MeasuredTree(tree, growth(moved(amounts, here, tree.size), before), before);
  }

  #withOmitted(total: Amount, measure: AllocationMeasure): Amount {
    const omitted = measure === 'inUse' ? this.#omitted.inUse : measure === 'allocated' ? this.#omitted.allocated : null;
    return omitted ? { bytes: total.bytes + omitted.bytes, count: total.count + omitted.count } : total;
  }

  #notes(measure: AllocationMeasure): string[] {
    const { sites } = this.#omitted;
    const facts = { measure, run: this.#run, inUseSince: this.#inUseSince, allocatedSince: this.#allocatedSince, allocatedUntil: this.#allocatedUntil, lostAt: this.#lostAt };
    const interval = this.#interval;
    const covered = interval && measure === 'interval' ? this.#timeline.covered(interval.from, interval.to) : [];
    const notes = allocationNotes({ ...facts, baseline: this.#compared?.baseline ?? null, interval, covered });
    return sites === 0 ? notes : [...notes, `${sites.toLocaleString('en-US')} of the smallest sites were left out of this reading; the total has them.`];
  }
}

const MEASURES: readonly AllocationMeasure[] = ['inUse', 'allocated', 'growth', 'allocatedSince', 'interval'];

/** Amounts as plain data of so many nodes. */
function plain(amounts: NodeAmounts, size: number): Amounts {
  const { bytes, counts } = sizedAmounts(amounts, size);
  return { bytes: [...bytes], counts: [...counts] };
}

/** The same amounts by the numbers of the tree that theirs was merged into. */
function moved({ bytes, counts }: NodeAmounts, nodes: Int32Array, size: number): NodeAmounts {
  return nodeAmounts({ bytes: [...bytes], counts: [...counts] }, nodes, size);
}

/** What is known by a key, worked out when it is first asked for. */
function known<K, V>(values: Map<K, V>, key: K, workOut: () => V): V {
  const value = values.get(key);
  if (value !== undefined) return value;
  const worked = workOut();
  values.set(key, worked);
  return worked;
}

function sum(values: Float64Array): number {
  return values.reduce((total, value) => total + value, 0);
}

/** A mapped frame as the program runs it. */
function runningFrame({ functionName, file, line, column, generated }: Frame): RawFrame {
  const place = generated ?? { file, line, column };
  return { functionName, url: place.file, line: place.line, column: place.column };
}
