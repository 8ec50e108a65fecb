/** Awaits that never end: their number by function, exactly when all are followed and within 10% when a sample is. */
import assert from 'node:assert/strict';
import type { HandleReading } from '../../src/protocol/collector';
import { lineIn, probe, readingWith } from '../helpers/collectorProbe';
import { nodeVersions, Program } from '../helpers/program';
import { TextTable } from '../helpers/textTable';

interface Ready {
  /** Awaits by function. */
  readonly shares: Readonly<Record<string, number>>;
  readonly lines: Readonly<Record<string, number>>;
}

/** Of all awaits, where their number does not matter. */
const PART = 0.05;

const FILE = 'pendingOperations.js';
const table = new TextTable('pending awaits');

after(() => table.print());

for (const [major, node] of nodeVersions()) {
  describe(`pending operations on Node ${major}`, () => {
    for (const mode of ['all', 'sampled'] as const) {
      it(`counts 20,000 awaits in three functions, promises ${mode}`, async () => {
        const program = new Program(node, FILE);
        try {
          const { shares, lines } = await program.event<Ready>('ready');
          const { client } = await probe(program, { pendingMode: mode });
          program.tell('1');
          await program.event('opened');
          // Each call reads stacks for a few milliseconds only.
          const reading = await readingWith('all stacks to be read', client, ({ unreadStacks }) => unreadStacks === 0);

          assert.deepEqual(reading.pending, { on: true, mode });
          const byLine = countsByLine(reading);
          const wanted = new Map(Object.entries(shares).map(([name, count]) => [`${FILE}:${String(lines[name])}`, count]));
          for (const [line, count] of wanted) table.set(line, `${major} ${mode}`, `${byLine.get(line) ?? 0} of ${count}`);
          // The deepest awaits alone: the two functions above wait for the same.
          const elsewhere = [...byLine].filter(([line]) => !wanted.has(line));
          assert.deepEqual(elsewhere, []);
          for (const [line, count] of wanted) {
            const error = Math.abs((byLine.get(line) ?? 0) - count);
            assert(error <= (mode === 'all' ? 0 : 0.1 * count), `${line}: ${String(byLine.get(line))} of ${count}`);
          }
          assert.equal(reading.pendingTotal, sumOf([...byLine]));
          // One group each: what Node did to get there (how it came to run the microtasks, say) tells no groups apart.
          const pending = reading.groups.filter(({ kind }) => kind === 'pending');
          const kinds = pending.map(({ label, estimated }) => `${label}, ${estimated ? 'estimated' : 'exact'}`);
          assert.deepEqual(kinds, Array(wanted.size).fill(`Await, ${mode === 'sampled' ? 'estimated' : 'exact'}`));
        } finally {
          await program.kill();
        }
      });
    }

    it('follows nothing when it is off, all when it is switched on, and forgets them when it is switched off', async () => {
      const program = new Program(node, FILE);
      try {
        const { shares } = await program.event<Ready>('ready');
        const { client } = await probe(program, { pendingMode: 'off' });
        const off = await readingWith('a reading', client, () => true);
        assert.equal(off.pending.on, false);
        await client.setPendingMode('all', 10_000);
        program.tell(String(PART));
        await program.event('opened');
        const all = Object.values(shares).reduce((sum, count) => sum + count, 0);
        const on = await readingWith('all stacks to be read', client, ({ unreadStacks }) => unreadStacks === 0);
        assert.equal(on.pendingTotal, all * PART);
        await client.setPendingMode('off', 10_000);
        const offAgain = await readingWith('a reading', client, () => true);
        assert.deepEqual([offAgain.pendingTotal, offAgain.pending.on, offAgain.pending.mode], [0, false, 'off']);
      } finally {
        await program.kill();
      }
    });
  });
}

function countsByLine(reading: HandleReading): Map<string, number> {
  const counts = new Map<string, number>();
  for (const group of reading.groups.filter(({ kind }) => kind === 'pending')) {
    const line = lineIn(FILE, reading.frames, group);
    counts.set(line, (counts.get(line) ?? 0) + group.count);
  }
  return counts;
}

function sumOf(lines: readonly (readonly [line: string, count: number])[]): number {
  return lines.reduce((sum, [, count]) => sum + count, 0);
}
