/** Every kind of resource, opened a known number of times at known lines, on every Node.js, by a collector that came first or late. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { HandleGroup, HandleReading } from '../../src/protocol/collector';
import { lineIn, PRELOADED, probe, wholeReading } from '../helpers/collectorProbe';
import { actualRows, expectedLateRows, expectedRows, rowTexts, verdicts, type Opened } from '../helpers/openedRows';
import { nodeVersions, Program } from '../helpers/program';
import { TextTable } from '../helpers/textTable';

/** Programs of test/fixtures/kinds; each tells its own truth. */
const FIXTURES = [
  'tcpServers.js',
  'tcpSockets.js',
  'connectingSockets.js',
  'halfOpenSockets.js',
  'socketWrites.js',
  'tlsSockets.js',
  'pipes.js',
  'udpSockets.js',
  'http2.js',
  'httpIn.js',
  'httpOut.js',
  'fetches.mjs',
  'timers.js',
  'immediates.js',
  'fsRequests.js',
  'fsWatchers.js',
  'fileHandles.mjs',
  'dnsQueries.mjs',
  'dnsLookups.js',
  'zlibStreams.js',
  'cryptoJobs.js',
  'childProcesses.js',
  'workers.js',
  'messagePorts.mjs',
  'signals.js',
  'customResources.js',
];

/** Of a folder's handle Node tells that it is closed only once it is collected as garbage. */
const CLOSED_WHEN_COLLECTED: ReadonlySet<string> = new Set(['fileHandles.mjs']);

const table = new TextTable('kind, state');
const differences: string[] = [];
/** Named pipes, local sockets and watched files: a program that is killed leaves them. */
let folder: string;

before(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'bifrost-kinds-'));
});
after(() => {
  rmSync(folder, { recursive: true, force: true });
  table.print();
  for (const difference of differences) process.stdout.write(`${difference}\n`);
});

for (const [major, node] of nodeVersions()) {
  for (const isPreloaded of [true, false]) {
    describe(`kinds of handles on Node ${major}, ${isPreloaded ? 'from the first line' : 'attached late'}`, () => {
      for (const fixture of FIXTURES) {
        it(fixture, async () => {
          const program = new Program(node, `kinds/${fixture}`, { nodeArguments: isPreloaded ? PRELOADED : [], env: { TMPDIR: folder } });
          try {
            const { groups: opened } = await program.event<{ groups: Opened[] }>('ready');
            const readyAt = performance.now();
            const { client, connection } = await probe(program, { pendingMode: 'off' });
            const waited = performance.now() - readyAt;
            if (CLOSED_WHEN_COLLECTED.has(fixture)) {
              // Not before the stacks have been read: unread ones hold what the program had in its hands.
              await wholeReading(client);
              await connection.send('HeapProfiler.collectGarbage', undefined, 10_000);
            }
            const reading = await wholeReading(client);

            const expected = isPreloaded ? expectedRows(opened) : expectedLateRows(opened);
            const actual = actualRows(fixture, reading);
            for (const { kind, text } of verdicts(expected, actual)) {
              const column = `${major} ${isPreloaded ? 'first' : 'late'}`;
              table.set(`${fixture}: ${kind}`, column, text === 'ok' ? 'ok' : 'differs');
              if (text !== 'ok') differences.push(`${fixture} on Node ${column}: ${kind}: ${text}`);
            }
            assert.deepEqual(rowTexts(actual), rowTexts(expected));
            assertSane(reading);
            if (isPreloaded) for (const row of opened) assertFacts(reading, row, waited);
            else assertLateSubjects(reading, opened);
          } finally {
            await program.kill();
          }
        });
      }
    });
  }
}

/** What holds for every reading. */
function assertSane({ groups, total, pendingTotal }: HandleReading): void {
  assert.equal(total, groups.reduce((sum, { count }) => sum + count, 0));
  assert.equal(pendingTotal, 0);
  for (const group of groups) {
    const { label, count, oldest, median, newest, ages, subjects, examples } = group;
    assert(oldest >= median && median >= newest && newest >= 0, `${label}: ages ${oldest}, ${median}, ${newest}`);
    assert.equal(ages.reduce((sum, members) => sum + members, 0), count, `${label}: ages`);
    assert(subjects.reduce((sum, subject) => sum + subject.count, 0) <= count, `${label}: subjects`);
    assert(examples.length > 0 && examples.length <= Math.min(count, 3), `${label}: ${examples.length} examples`);
    assert.equal(examples[0]?.age, oldest, `${label}: the oldest example`);
  }
  assert(!JSON.stringify(groups).includes('secret'), 'A query string was told.');
}

/** What the groups of one row of the truth are about, what caused them, and their ages. @param waited Milliseconds since all were open. */
function assertFacts(reading: HandleReading, row: Opened, waited: number): void {
  const { label, state, file, line, about, routes = [] } = row;
  const name = `${label}, ${state}`;
  const groups = reading.groups.filter(
    (group) => group.label === label && group.state === state && lineIn(file, reading.frames, group) === `${file}:${line}`,
  );
  if (about) assertSubjects(name, groups, about);
  const told = new Set(groups.flatMap((group) => group.routes.map(({ route }) => route)));
  assert.deepEqual([...told].sort(), [...routes].sort(), `${name}: routes`);
  for (const { newest } of groups) assert(newest >= waited, `${name}: the newest is ${newest} ms old, all are ${waited} ms at least`);
}

function assertLateSubjects(reading: HandleReading, opened: readonly Opened[]): void {
  const late = opened.flatMap((row) => (row.late === false ? [] : [{ ...row, ...row.late }]));
  for (const { label, state } of late) {
    const about = late.flatMap((row) => (row.label === label && row.state === state ? [row.about ?? null] : []));
    const groups = reading.groups.filter((group) => group.label === label && group.state === state);
    // One group holds what several lines opened: it is known what it is about when it is of each line.
    if (!about.includes(null)) assertSubjects(`${label}, ${state}`, groups, about.flatMap((texts) => texts ?? []));
  }
}

function assertSubjects(name: string, groups: readonly HandleGroup[], about: readonly string[]): void {
  const subjects = groups.flatMap((group) => group.subjects.map(({ text }) => text));
  assert(subjects.length > 0, `${name}: nothing that it is about`);
  for (const subject of subjects) {
    assert(about.some((part) => subject.includes(part)), `${name}: about ${subject}, not ${about.join(' or ')}`);
  }
}
