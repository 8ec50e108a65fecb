/** What the collector's answers cost the program's thread, the wire and its memory, and how that grows. */
import type { CdpConnection } from '../../src/host/session/cdpConnection';
import type { CollectorClient } from '../../src/host/session/collectorClient';
import type { Collected, CollectRequest } from '../../src/protocol/collector';
import { ALL_HANDLES, probe, type Probe } from '../helpers/collectorProbe';
import { Program, type ProgramOptions } from '../helpers/program';
import { mainThreadTime } from '../helpers/threadTime';
import type { BenchPart, BenchResult, BenchRow, BenchRun } from './harness/benchPart';
import { atMost, type Budget } from './harness/budget';
import { figure, type Figures } from './harness/figure';

const HANDLES = { quick: [1_000, 10_000, 100_000], full: [1_000, 10_000, 100_000, 1_000_000] };
/** Their squares are numbers of stacks. */
const WIDTHS = { quick: [32], full: [32, 224] };
const ROUNDS = { quick: 3, full: 9 };
/** Programs whose first readings are measured: a program has only one. */
const FIRSTS = { quick: 3, full: 7 };
/** The number of handles that there are budgets for. */
const MANY = 100_000;
const TIMEOUT = 120_000;

/** So that most stacks are sampled, of which each holds some 2 KiB. */
const FINE_SAMPLING_BYTES = 512;

/** The aim for 100,000 handles in 1,000 groups, and what the protocol allows. */
const FIRST_READING_MS = 50;
const LARGEST_REPLY_BYTES = 2 * 1024 * 1024;
/**
 * The first reading in the time that code as new to V8 takes to make 100,000 objects and to group them by a number: 1.7 to
 * 2.9, and 2.6 to 3.8 with work for each handle in turn. Beyond the second it is no noise.
 */
const PLAIN_GROUPINGS = { aim: 3.5, gate: 6 };
/** Time grows with this power of the number at most: 1 is linear, and the rest the machine's. */
const STEEPEST = 1.25;

type Node = readonly [major: string, binary: string];

async function withProgram<T>([, binary]: Node, fixture: string, options: ProgramOptions, work: (program: Program) => Promise<T>): Promise<T> {
  const program = new Program(binary, fixture, options);
  try {
    await program.event('ready', TIMEOUT);
    return await work(program);
  } finally {
    await program.kill();
  }
}

/** The time of the program's thread that a question takes, from its arrival to the end of the answer. */
async function timed<T>(program: Program, question: () => Promise<T>): Promise<{ answer: T; time: number }> {
  const before = mainThreadTime(program.pid);
  const answer = await question();
  return { answer, time: mainThreadTime(program.pid) - before };
}

async function answers(program: Program, { client }: Probe, request: CollectRequest, rounds: number): Promise<{ figures: Figures; median: number; last: Collected }> {
  const first = await firstAnswer(program, client, request);
  let last = first.answer;
  const times: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const { answer, time } = await timed(program, () => client.collect(request, TIMEOUT));
    times.push(time);
    last = answer;
  }
  const later = figure('ms', times);
  const bytes = Buffer.byteLength(JSON.stringify(last));
  return { figures: { first: figure('ms', [first.time]), later, 'on the wire': figure('bytes', [bytes]) }, median: later.value, last };
}

/** After a tick, as the extension asks each second also while nobody looks. */
async function firstAnswer(program: Program, client: CollectorClient, request: CollectRequest): Promise<{ answer: Collected; time: number }> {
  await client.collect({}, TIMEOUT);
  return timed(program, () => client.collect(request, TIMEOUT));
}

async function usedHeap(connection: CdpConnection): Promise<number> {
  await connection.send('HeapProfiler.collectGarbage', undefined, TIMEOUT);
  return (await connection.send('Runtime.getHeapUsage', undefined, TIMEOUT)).usedSize;
}

async function openHandles(program: Program): Promise<void> {
  program.tell('open');
  await program.event('opened', TIMEOUT);
}

/** The time of the first reading of a program. */
async function firstReading(node: Node, handles: number): Promise<number> {
  return withProgram(node, 'manyHandles.js', { env: { HANDLES: String(handles) } }, async (program) => {
    const { client } = await probe(program, { pendingMode: 'off' });
    await openHandles(program);
    while ((await client.readStacks(TIMEOUT)) > 0);
    return (await firstAnswer(program, client, { handles: ALL_HANDLES })).time;
  });
}

/**
 * @param firsts Programs of which the first reading is measured.
 * @returns the time of a later reading beside the row
 */
async function measureHandles(node: Node, handles: number, rounds: number, firsts: number): Promise<{ row: BenchRow; median: number }> {
  const options = { env: { HANDLES: String(handles) } };
  const without = await withProgram(node, 'manyHandles.js', options, async (program) => {
    const connection = await program.connect();
    await openHandles(program);
    return usedHeap(connection);
  });
  const others: number[] = [];
  while (others.length < firsts - 1) others.push(await firstReading(node, handles));
  return withProgram(node, 'manyHandles.js', options, async (program) => {
    const probed = await probe(program, { pendingMode: 'off' });
    await openHandles(program);
    const pauses: number[] = [];
    for (let unread = 1; unread > 0; ) {
      const { answer, time } = await timed(program, () => probed.client.readStacks(TIMEOUT));
      pauses.push(time);
      unread = answer;
    }
    const { figures, median } = await answers(program, probed, { handles: ALL_HANDLES }, rounds);
    const first = figure('ms', [figures.first?.value ?? NaN, ...others]);
    const grouping = await timed(program, () => probed.connection.send('Runtime.evaluate', { expression: plainGrouping(handles) }, TIMEOUT));
    const longest = Math.max(...pauses, first.high, ...Object.values(figures).flatMap(({ unit, high }) => (unit === 'ms' ? [high] : [])));
    const perHandle = ((await usedHeap(probed.connection)) - without) / handles;
    const row = {
      subject: `${handles.toLocaleString('en-US')} handles`,
      variant: '',
      node: node[0],
      figures: {
        ...figures,
        first,
        'longest pause': figure('ms', [longest]),
        'first, in plain groupings': figure('x', [first.value / grouping.time]),
        'memory for each': figure('bytes', [perHandle]),
      },
    };
    return { row, median };
  });
}

async function measureAllocations(node: Node, width: number, rounds: number): Promise<{ row: BenchRow; median: number }> {
  return withProgram(node, 'manyAllocationStacks.js', { env: { WIDTH: String(width) } }, async (program) => {
    const probed = await probe(program, { handles: false, pendingMode: 'off', samplingIntervalBytes: FINE_SAMPLING_BYTES, cumulative: false });
    program.tell('allocate');
    await program.event('allocated', TIMEOUT);
    const { figures, median, last } = await answers(program, probed, { allocations: { sites: 1_000_000, force: true } }, rounds);
    const nodes = last.allocations?.profile?.parents.length ?? 0;
    const subject = `allocations of ${(width * width).toLocaleString('en-US')} stacks`;
    return { row: { subject, variant: '', node: node[0], figures: { ...figures, nodes: figure('count', [nodes]) } }, median };
  });
}

async function measureSample(node: Node, rounds: number): Promise<BenchRow> {
  return withProgram(node, 'manyHandles.js', { env: { HANDLES: '1000' } }, async (program) => {
    const { figures } = await answers(program, await probe(program), {}, rounds * 10);
    return { subject: 'sample', variant: '', node: node[0], figures };
  });
}

/** What a program would do that groups objects of its own and writes 1,000 groups as JSON, for the first time. */
function plainGrouping(objects: number): string {
  return `(() => {
    const groups = new Map();
    for (let id = 0; id < ${objects}; id++) {
      const handle = { id, type: 'Timeout', createdAt: id, state: '', stack: id % 1_000 };
      const group = groups.get(handle.stack);
      if (group) group.push(handle);
      else groups.set(handle.stack, [handle]);
    }
    const ages = [...groups.values()].map((group) => group.map(({ createdAt }) => createdAt).sort((a, b) => a - b));
    return JSON.stringify(ages).length;
  })()
  //# sourceURL=test.cdp`;
}

/** With which power of its size the time of an answer grows, between the largest two sizes. */
function slope(sizes: readonly number[], times: readonly number[]): number {
  const [before = NaN, size = NaN] = sizes.slice(-2);
  const [sooner = NaN, time = NaN] = times.slice(-2);
  return Math.log(time / sooner) / Math.log(size / before);
}

export const part: BenchPart = {
  async run(run: BenchRun): Promise<BenchResult> {
    const form = run.quick ? 'quick' : 'full';
    const rounds = ROUNDS[form];
    const rows: BenchRow[] = [];
    const budgets: Budget[] = [];
    for (const node of run.nodes) {
      run.say(`  collecting on Node.js ${node[0]}`);
      rows.push(await measureSample(node, rounds));
      const medians: number[] = [];
      for (const handles of HANDLES[form]) {
        const { row, median } = await measureHandles(node, handles, rounds, handles === MANY ? FIRSTS[form] : 1);
        rows.push(row);
        medians.push(median);
        if (handles !== MANY) continue;
        const { first, 'on the wire': wire, 'first, in plain groupings': groupings } = row.figures;
        const where = `Node.js ${node[0]}`;
        if (first) budgets.push(atMost('aim', 'first reading of 100,000 handles, ms', first.value, FIRST_READING_MS, where));
        if (groupings) {
          const aim = 'first reading of 100,000 handles, in plain groupings';
          budgets.push(atMost('aim', aim, groupings.value, PLAIN_GROUPINGS.aim, where));
          budgets.push(atMost('gate', `${aim}, wide of the mark`, groupings.value, PLAIN_GROUPINGS.gate, where));
        }
        if (wire) budgets.push(atMost('gate', 'answer of 100,000 handles, bytes', wire.value, LARGEST_REPLY_BYTES, where));
      }
      const steepness = slope(HANDLES[form], medians);
      rows.push({ subject: 'growth with handles', variant: '', node: node[0], figures: { slope: figure('x', [steepness]) } });
      budgets.push(atMost('gate', 'growth with handles, power', steepness, STEEPEST, `Node.js ${node[0]}`));
      for (const width of WIDTHS[form]) rows.push((await measureAllocations(node, width, rounds)).row);
    }
    return { title: 'Collecting', rows, budgets };
  },
};
