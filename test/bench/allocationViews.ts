/** What the allocation views cost with 50,000 distinct stacks of depth 64, next to parsing the reading they are made of. */
import { allocationListing, type ListingQuery } from '../../src/model/allocationRows';
import { CallTree } from '../../src/model/callTree';
import { frameOrigin } from '../../src/model/frameOrigin';
import { MeasuredTree } from '../../src/model/measuredTree';
import { growth, nodeAmounts, type NodeAmounts } from '../../src/model/nodeAmounts';
import type { AllocationGrouping, AllocationMeasure, AllocationProfile } from '../../src/protocol/allocations';
import type { Frame, RawFrame } from '../../src/protocol/frames';
import { largeProfile, STACKS } from '../helpers/largeProfile';
import type { BenchPart, BenchRow } from './harness/benchPart';
import { atMost, type Budget } from './harness/budget';
import { figure } from './harness/figure';

const ROUNDS = 9;
/** The aim for a reading that is taken in, compared and shown. */
const LONGEST_MS = 300;
const GROUPINGS: readonly AllocationGrouping[] = ['sites', 'functions', 'files', 'packages', 'callTree'];

function toFrame({ functionName, url: file, line, column }: RawFrame): Frame {
  return { functionName, file, line, column, origin: frameOrigin(file) };
}

/** Milliseconds of each round, by step. */
const times = new Map<string, number[]>();

function timed<T>(step: string, work: () => T): T {
  const begin = performance.now();
  const result = work();
  times.set(step, [...(times.get(step) ?? []), performance.now() - begin]);
  return result;
}

const before = largeProfile();
// Every third stack grew, every eleventh was not there.
const inUse = { bytes: before.inUse?.bytes.map((value, node) => (node % 3 === 0 ? value * 2 : value)) ?? [], counts: before.inUse?.counts ?? [] };
const json = JSON.stringify({ ...before, inUse });
const baselineBytes = inUse.bytes.map((value, node) => (node % 11 === 0 ? 0 : (before.inUse?.bytes[node] ?? value)));

function allocationRows(measured: MeasuredTree, query: ListingQuery) {
  return { rows: allocationListing(measured, query, toFrame).listing.rows() };
}

function view(tree: CallTree, amounts: NodeAmounts, baseline: NodeAmounts | null, measure: AllocationMeasure): void {
  // As the store keeps it: what the views share is worked out by the first that asks.
  const measured = new MeasuredTree(tree, amounts, baseline);
  for (const grouping of GROUPINGS) {
    const query = { grouping, measure, expanded: [] as string[], limit: 50, filter: '' };
    const { rows } = timed(`${grouping}, ${measure}`, () => allocationRows(measured, query));
    const opened = { ...query, expanded: rows.filter(({ expandable }) => expandable).slice(0, 3).map(({ id }) => id) };
    if (opened.expanded.length > 0) timed(`${grouping}, ${measure}, three rows open`, () => allocationRows(measured, opened));
  }
}

function round(): void {
  const reading = timed('JSON.parse', () => JSON.parse(json) as AllocationProfile);
  const tree = new CallTree();
  timed('merge into an empty tree', () => tree.merge(reading));
  const nodes = timed('merge again', () => tree.merge(reading));
  const amounts = timed('amounts by node', () => nodeAmounts(reading.inUse ?? { bytes: [], counts: [] }, nodes, tree.size));
  const baseline = nodeAmounts({ bytes: baselineBytes, counts: inUse.counts }, nodes, tree.size);
  const grown = timed('growth', () => growth(amounts, baseline));
  view(tree, amounts, null, 'inUse');
  view(tree, grown, baseline, 'growth');
}

/** The sum of some steps, round by round. */
function sumOf(steps: readonly string[]): number[] {
  return samplesOf('JSON.parse').map((_, index) => steps.reduce((sum, step) => sum + (samplesOf(step)[index] ?? NaN), 0));
}

function samplesOf(step: string): readonly number[] {
  return times.get(step) ?? [];
}

function rowOf(subject: string, samples: readonly number[]): BenchRow {
  const ratios = samples.map((time, index) => time / (samplesOf('JSON.parse')[index] ?? NaN));
  return { subject, variant: '', node: null, figures: { time: figure('ms', samples), 'of JSON.parse': figure('x', ratios) } };
}

export const part: BenchPart = {
  run({ quick }) {
    for (let rounds = quick ? 2 : ROUNDS; rounds > 0; rounds--) round();
    const rows = [...times].map(([step, samples]) => rowOf(step, samples));
    const reading = ['merge again', 'amounts by node', 'growth'];
    const budgets: Budget[] = [];
    for (const measure of ['inUse', 'growth']) {
      const sums = sumOf([...reading, ...GROUPINGS.map((grouping) => `${grouping}, ${measure}`)]);
      const subject = `a reading and all five views, ${measure}`;
      rows.push(rowOf(subject, sums));
      budgets.push(atMost('aim', `50,000 stacks: ${subject}, ms`, figure('ms', sums).value, LONGEST_MS));
    }
    const size = `${STACKS.toLocaleString('en-US')} stacks, ${before.parents.length.toLocaleString('en-US')} nodes, ${(json.length / 1e6).toFixed(1)} MB of JSON`;
    return Promise.resolve({ title: `Views of allocations: ${size}`, rows, budgets });
  },
};
