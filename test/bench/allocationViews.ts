/** What the allocation views cost with 50,000 distinct stacks of depth 64, next to parsing the reading they are made of. */
import { allocationRows } from '../../src/model/allocationRows';
import { CallTree } from '../../src/model/callTree';
import { frameOrigin } from '../../src/model/frameOrigin';
import { growth, nodeAmounts, type NodeAmounts } from '../../src/model/nodeAmounts';
import type { AllocationGrouping, AllocationMeasure, AllocationProfile } from '../../src/protocol/allocations';
import type { Frame, RawFrame } from '../../src/protocol/frames';
import { SeededRandom } from '../helpers/seededRandom';
import { TextTable } from '../helpers/textTable';

const STACKS = 50_000;
const DEPTH = 64;
const FUNCTIONS = 5_000;
const FILES = 400;
/** How much of an earlier stack a stack goes along with: at least so much, at most all but its top. */
const LEAST_SHARED = 48;
const ROUNDS = 5;
const GROUPINGS: readonly AllocationGrouping[] = ['sites', 'functions', 'files', 'packages', 'callTree'];

const random = new SeededRandom(1);

function url(file: number): string {
  if (file === 0) return '';
  if (file % 8 === 0) return `node:internal/part${file}`;
  if (file % 2 === 0) return `/app/node_modules/package${file % 40}/lib/file${file}.js`;
  return `/app/src/folder${file % 20}/file${file}.js`;
}

function makeProfile(): AllocationProfile {
  const frames = Array.from({ length: FUNCTIONS }, (_, index): RawFrame => ({ functionName: `function${index}`, url: url(index % FILES), line: 1 + (index % 900), column: 3 }));
  const parents = [-1];
  const frameOf = [-1];
  const bytes = [0];
  const counts = [0];
  const stacks: number[][] = [];
  while (stacks.length < STACKS) {
    const before = stacks.length === 0 ? [] : random.pick(stacks);
    const stack = before.slice(0, random.integer(Math.min(LEAST_SHARED, before.length), Math.max(0, before.length - 1)));
    while (stack.length < DEPTH) {
      frameOf.push(random.integer(0, FUNCTIONS - 1));
      parents.push(stack.at(-1) ?? 0);
      bytes.push(0);
      counts.push(0);
      stack.push(parents.length - 1);
    }
    const site = stack.at(-1) ?? 0;
    counts[site] = random.integer(1, 200);
    bytes[site] = (counts[site] ?? 0) * random.integer(16, 4_000);
    stacks.push(stack);
  }
  return { frames, parents, frameOf, inUse: { bytes, counts }, allocated: null };
}

function toFrame({ functionName, url: file, line, column }: RawFrame): Frame {
  return { functionName, file, line, column, origin: frameOrigin(file) };
}

const times = new Map<string, number[]>();

function timed<T>(step: string, work: () => T): T {
  const begin = performance.now();
  const result = work();
  times.set(step, [...(times.get(step) ?? []), performance.now() - begin]);
  return result;
}

const before = makeProfile();
// Every third stack grew, every eleventh was not there.
const inUse = { bytes: before.inUse?.bytes.map((value, node) => (node % 3 === 0 ? value * 2 : value)) ?? [], counts: before.inUse?.counts ?? [] };
const json = JSON.stringify({ ...before, inUse });
const baselineBytes = inUse.bytes.map((value, node) => (node % 11 === 0 ? 0 : (before.inUse?.bytes[node] ?? value)));

function view(tree: CallTree, amounts: NodeAmounts, baseline: NodeAmounts | null, measure: AllocationMeasure): void {
  for (const grouping of GROUPINGS) {
    const query = { grouping, measure, expanded: [] as string[], limit: 50, filter: '' };
    const { rows } = timed(`${grouping}, ${measure}`, () => allocationRows({ tree, amounts, baseline }, query, toFrame));
    const opened = { ...query, expanded: rows.filter(({ expandable }) => expandable).slice(0, 3).map(({ id }) => id) };
    if (opened.expanded.length > 0) timed(`${grouping}, ${measure}, three rows open`, () => allocationRows({ tree, amounts, baseline }, opened, toFrame));
  }
}

for (let round = 0; round < ROUNDS; round++) {
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

const median = (values: readonly number[]) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
const parsing = median(times.get('JSON.parse') ?? []);
const table = new TextTable(`${STACKS.toLocaleString('en-US')} stacks, ${before.parents.length.toLocaleString('en-US')} nodes, ${(json.length / 1e6).toFixed(1)} MB of JSON`);
const addRow = (step: string, milliseconds: number) => {
  table.set(step, 'ms', milliseconds.toFixed(1));
  table.set(step, 'of JSON.parse', (milliseconds / parsing).toFixed(2));
};
for (const [step, values] of times) addRow(step, median(values));
const sumOf = (steps: readonly string[]) => steps.reduce((sum, step) => sum + median(times.get(step) ?? []), 0);
const reading = ['merge again', 'amounts by node', 'growth'];
addRow('a reading and all five views, inUse', sumOf([...reading, ...GROUPINGS.map((grouping) => `${grouping}, inUse`)]));
addRow('a reading and all five views, growth', sumOf([...reading, ...GROUPINGS.map((grouping) => `${grouping}, growth`)]));
table.print();
