/** The rows of allocations as they are listed: the largest first, some of them opened, the rest summed up. */
import type { AllocationRow, Amount } from '../protocol/allocations';
import type { AllocationSort } from '../protocol/lists';
import type { Bytes } from '../protocol/units';
import type { Branch } from './allocationBranches';
import { textHash } from './textHash';

/** How the branches of one view are listed. */
export interface ListingOptions {
  /** Most rows of the first level, and most children of each. */
  readonly limit: number;
  readonly sort: AllocationSort;
  /** The rows that are open, or with `opens` `allButExpanded` those that are not. */
  readonly expanded: ReadonlySet<string>;
  readonly opens: 'expanded' | 'allButExpanded';
  /** What 1 is as a share. */
  readonly whole: Bytes;
  /** Whether new ones come first. */
  readonly newFirst: boolean;
  /** Whether the totals of siblings add up: those of functions overlap. */
  readonly addsTotals: boolean;
}

/**
 * A new stack stands above a grown one when it is at least this part of the largest: what nobody has seen before is what is
 * looked for, but a single sample must not stand above a leak of a hundred megabytes.
 */
const NOTABLE = 1 / 20;

/** Past so many rows nothing opens by itself: a call tree has millions of nodes. */
const MOST_OPENED = 100_000;

/** A place in the list. The id costs to make, so it is made when it is asked for. */
interface Entry {
  readonly branch: Branch;
  readonly parent: Entry | null;
  readonly depth: number;
  /** How many siblings this stands for that are not listed; 0 when it stands for itself. */
  readonly omitted: number;
  id: string | null;
}

/**
 * All rows of a view, of which only those are described that somebody looks at. Recursion ends with the ids that are open,
 * or with the tree.
 */
export class AllocationListing {
  readonly #entries: Entry[] = [];
  readonly #options: ListingOptions;

  /** @param others Stand among the rows of the first level, and count for no limit. */
  constructor(branches: readonly Branch[], others: readonly Branch[], options: ListingOptions) {
    this.#options = options;
    this.#list(branches, others, null, 0);
  }

  get count(): number {
    return this.#entries.length;
  }

  /** The rows from a position on, children behind their parent. */
  rows(first = 0, count = Infinity): AllocationRow[] {
    return this.#entries.slice(first, first + count).map((entry) => this.#row(entry));
  }

  /** The positions of those of the ids that are listed, in order. */
  places(ids: readonly string[]): [id: string, position: number][] {
    const wanted = new Set(ids);
    const places: [string, number][] = [];
    for (let position = 0; position < this.#entries.length && places.length < wanted.size; position++) {
      const entry = this.#entries[position];
      if (entry && wanted.has(idOf(entry))) places.push([idOf(entry), position]);
    }
    return places;
  }

  #list(branches: readonly Branch[], others: readonly Branch[], parent: Entry | null, depth: number): void {
    const { limit } = this.#options;
    const shown = branches.filter(({ weight }) => weight > 0);
    const first = this.#sorted(this.#candidates(shown)).slice(0, limit);
    const listed = others.length === 0 ? first : this.#sorted([...first, ...others.filter(({ weight }) => weight > 0)]);
    for (const branch of listed) {
      const entry: Entry = { branch, parent, depth, omitted: 0, id: null };
      this.#entries.push(entry);
      const children = this.#isOpen(entry) ? branch.children : null;
      if (children !== null) this.#list(children(), [], entry, depth + 1);
    }
    const omitted = shown.length - first.length;
    if (omitted > 0) this.#entries.push({ branch: this.#sumOf(shown, new Set(first)), parent, depth, omitted, id: null });
  }

  #isOpen(entry: Entry): boolean {
    const { expanded, opens } = this.#options;
    const isNamed = expanded.size > 0 && expanded.has(idOf(entry));
    return opens === 'expanded' ? isNamed : !isNamed && this.#entries.length < MOST_OPENED;
  }

  /** Those that may be among the first of the limit: of tens of thousands, most need not be sorted. */
  #candidates(branches: Branch[]): Branch[] {
    const { limit, sort, newFirst } = this.#options;
    if (sort !== 'size' || branches.length <= limit) return branches;
    const weights = new Float64Array(branches.length);
    branches.forEach(({ weight }, index) => (weights[index] = weight));
    weights.sort();
    const least = weights[branches.length - limit] ?? 0;
    const notable = newFirst ? NOTABLE * (weights.at(-1) ?? 0) : Infinity;
    return branches.filter(({ weight, isNew }) => weight >= least || (isNew && weight >= notable));
  }

  #sorted(branches: Branch[]): Branch[] {
    const { sort } = this.#options;
    if (sort === 'name') {
      const names = new Map(branches.map((branch) => [branch, branch.describe().label]));
      const nameOf = (branch: Branch) => names.get(branch) ?? '';
      return branches.sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : nameOf(a) > nameOf(b) ? 1 : 0));
    }
    if (sort === 'objects') return branches.sort((a, b) => b.self.count - a.self.count);
    if (sort === 'other') return branches.sort((a, b) => this.#other(b) - this.#other(a));
    if (!this.#options.newFirst) return branches.sort(bySize);
    const notable = NOTABLE * branches.reduce((most, { weight }) => Math.max(most, weight), 0);
    const isAbove = ({ isNew, weight }: Branch) => isNew && weight >= notable;
    return [...branches.filter(isAbove).sort(bySize), ...branches.filter((branch) => !isAbove(branch)).sort(bySize)];
  }

  /** In a call tree a row's weight is its total, elsewhere what it allocated itself. */
  #other({ self, total }: Branch): Bytes {
    return this.#options.addsTotals ? self.bytes : total.bytes;
  }

  #row(entry: Entry): AllocationRow {
    const { branch, depth, omitted } = entry;
    const { whole } = this.#options;
    const { kind, label, frame, stack } = branch.describe();
    // Memory outside of V8's heap is no part of the sum.
    const share = whole > 0 && kind !== 'external' ? branch.weight / whole : 0;
    const { self, total, isNew, children } = branch;
    return { id: idOf(entry), kind, depth, label: omitted > 0 ? String(omitted) : label, frame, self, total, share, isNew, stack, expandable: children !== null };
  }

  /** All branches but those that are listed, as one. */
  #sumOf(shown: readonly Branch[], listed: ReadonlySet<Branch>): Branch {
    const self = { bytes: 0, count: 0 };
    const total = this.#options.addsTotals ? { bytes: 0, count: 0 } : self;
    let weight = 0;
    for (const branch of shown) {
      if (listed.has(branch)) continue;
      weight += branch.weight;
      add(self, branch.self);
      if (total !== self) add(total, branch.total);
    }
    return {
      self,
      total,
      weight,
      isNew: false,
      key: () => '',
      describe: () => ({ kind: 'more', label: '', frame: null, stack: [] }),
      children: null,
    };
  }
}

/** Ties stay in the order of the tree, so that equal rows do not jump about. */
function bySize(a: Branch, b: Branch): number {
  return b.weight - a.weight || b.self.count - a.self.count;
}

function idOf(entry: Entry): string {
  return (entry.id ??= textHash(`${entry.parent ? idOf(entry.parent) : ''}/${entry.omitted > 0 ? 'more' : entry.branch.key()}`));
}

function add(sum: { bytes: Bytes; count: number }, { bytes, count }: Amount): void {
  sum.bytes += bytes;
  sum.count += count;
}
