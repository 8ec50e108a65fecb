/** What `test/fixtures/plantedAllocations` has allocated, and what a reading tells of it. */
import assert from 'node:assert/strict';
import type { AllocationProfile, AllocationReading, Amounts } from '../../src/protocol/allocations';
import type { Probe } from './collectorProbe';
import type { Program } from './program';
import { TextTable } from './textTable';

/** 200 MiB are 3,200 samples: a standard deviation of 1.8%. */
export const FINE_INTERVAL = 64 * 1024;
export const SITES = { sites: 100_000, force: true };
export const WITHIN = 0.1;
/** Below this a site has too few samples to be compared. */
const LEAST_BYTES = 20 * 1024 * 1024;
/** Planting takes seconds, and longer on a busy machine. */
export const PLANTED_WITHIN = 120_000;

/** One of the program's functions, by V8's own books. Some are negative where V8 freed something else meanwhile. */
export interface Plant {
  readonly name: string;
  readonly live: number;
  readonly external: number;
  /** 0 before Node 26, where V8 keeps no such books. */
  readonly allocated: number;
}

/** Has the program run its functions. @param names Which of them; all when there is none. */
export async function plantedBy(program: Program, ...names: readonly string[]): Promise<readonly Plant[]> {
  program.tell(['plant', ...names].join(' '));
  return (await program.event<{ truth: Plant[] }>('planted', PLANTED_WITHIN)).truth;
}

export async function readAllocations({ client }: Probe): Promise<AllocationReading> {
  const { allocations } = await client.collect({ allocations: SITES }, 60_000);
  assert(allocations);
  return allocations;
}

interface Site {
  readonly function: string;
  /** Of the topmost frame that has one and is not Node's own. */
  readonly script: string;
  readonly node: number;
}

/** The stacks that allocated, each with the function that did it for itself: built-ins and Node's own work for their caller. */
export function sites({ frames, parents, frameOf }: AllocationProfile): Site[] {
  return parents.map((_, node) => {
    let at = node;
    const frame = () => frames[frameOf[at] ?? -1];
    while (at > 0 && (frame()?.url === '' || frame()?.url.startsWith('node:'))) at = parents[at] ?? 0;
    return { node, function: frame()?.functionName ?? '', script: frame()?.url ?? '' };
  });
}

export function amountAt(profile: AllocationProfile, amounts: Amounts, plant: string): { bytes: number; count: number } {
  // The library's function is called from one plant only.
  const name = plant === 'keepViaLibrary' ? 'makeRecords' : plant;
  const nodes = sites(profile).filter((site) => site.function === name);
  const sum = (list: readonly number[]) => nodes.reduce((total, { node }) => total + (list[node] ?? 0), 0);
  return { bytes: sum(amounts.bytes), count: sum(amounts.counts) };
}

export function atFunction(profile: AllocationProfile, amounts: Amounts, plant: string): number {
  return amountAt(profile, amounts, plant).bytes;
}

/** Truth, what Bifrost tells, and their ratio, in MiB, for each version of Node. */
export class ComparedSites {
  readonly #table: TextTable;

  constructor(title: string) {
    this.#table = new TextTable(title);
  }

  /** @throws AssertionError when what is large enough to be compared is not within 10%. */
  compare(what: string, major: string, truth: number, found: number): void {
    const isCompared = truth >= LEAST_BYTES;
    const mebibytes = (value: number) => (value / 1024 / 1024).toFixed(1);
    const ratio = (found / truth).toFixed(3);
    this.#table.set(what, major, `${mebibytes(truth)} ${mebibytes(found)}${isCompared ? ` ${ratio}` : ''}`);
    if (isCompared) assert(Math.abs(found / truth - 1) <= WITHIN, `${what}: ${mebibytes(found)} of ${mebibytes(truth)} MiB is ${ratio}`);
  }

  print(): void {
    this.#table.print();
  }
}
