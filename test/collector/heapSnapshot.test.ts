/** Heap snapshots of real programs, written to disk while they come. */
import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { takeHeapSnapshot, type HeapSnapshotProgress } from '../../src/host/session/heapSnapshot';
import { nodeVersions, Program } from '../helpers/program';

interface Snapshot {
  readonly snapshot: { readonly meta: { readonly node_fields: string[] }; readonly node_count: number; readonly edge_count: number };
  readonly nodes: number[];
  readonly strings: string[];
}

const KEPT_BYTES = 50 * 1024 * 1024;

for (const [major, node] of nodeVersions()) {
  describe(`a heap snapshot on Node ${major}`, () => {
    let program: Program;
    let folder: string;
    beforeEach(async () => {
      folder = await mkdtemp(path.join(tmpdir(), 'bifrost-snapshot-'));
      program = new Program(node, 'knownHeap.js');
      await program.event('ready');
      program.tell('allocate');
      await program.event('allocated');
    });
    afterEach(async () => {
      await program.kill();
      await rm(folder, { recursive: true });
    });

    it('is whole, with progress, and the program goes on', async () => {
      const file = path.join(folder, 'heap.heapsnapshot');
      const progress: HeapSnapshotProgress[] = [];
      const { bytes } = await takeHeapSnapshot(await program.connect(), { file, onProgress: (step) => progress.push(step) });

      const text = await readFile(file, 'utf8');
      assert.equal(Buffer.byteLength(text), bytes);
      assert.deepEqual(await readdir(folder), ['heap.heapsnapshot']);
      const { snapshot, nodes, strings } = JSON.parse(text) as Snapshot;
      const fields = snapshot.meta.node_fields;
      assert.equal(nodes.length, snapshot.node_count * fields.length);
      assert(strings.includes('keepFiftyMegabytes'));
      const sizes = nodes.filter((_, index) => index % fields.length === fields.indexOf('self_size'));
      const total = sizes.reduce((sum, size) => sum + size, 0);
      assert(total > KEPT_BYTES && total < 2 * KEPT_BYTES, `the snapshot holds ${total} bytes`);

      const written = new Set(progress.map((step) => step.written));
      assert(written.size > 2, `it came in ${written.size} pieces`);
      const last = progress.at(-1);
      assert(last && last.done === last.total && last.total > 0, `it ended at ${last?.done} of ${last?.total}`);
      assert.equal(last.written, bytes);
      program.tell('collect');
      await program.event('collected');
      assert.equal(program.complaints, '');
    });

    it('leaves no file when it is cancelled, and the program goes on', async () => {
      const cancelled = new AbortController();
      const file = path.join(folder, 'heap.heapsnapshot');
      const taken = takeHeapSnapshot(await program.connect(), { file, signal: cancelled.signal, onProgress: () => cancelled.abort() });
      await assert.rejects(taken, { name: 'HeapSnapshotError', code: 'cancelled' });
      assert.deepEqual(await readdir(folder), []);
      program.tell('collect');
      await program.event('collected');
    });

    it('leaves no file when the program ends meanwhile', async () => {
      const file = path.join(folder, 'heap.heapsnapshot');
      const taken = takeHeapSnapshot(await program.connect(), { file, onProgress: () => void program.kill() });
      await assert.rejects(taken, { name: 'HeapSnapshotError', code: 'failed' });
      assert.deepEqual(await readdir(folder), []);
    });
  });
}
