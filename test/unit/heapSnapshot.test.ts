import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { CdpConnection } from '../../src/host/session/cdpConnection';
import { takeHeapSnapshot, type HeapSnapshotOptions } from '../../src/host/session/heapSnapshot';
import { CdpServer, result, type CdpRequest } from '../helpers/cdpServer';

const PIECES = ['{"snapshot":{"node_count":1},', '"nodes":[1],"strings":["naïve"]}\n'];

describe('taking a heap snapshot', () => {
  let folder: string;
  let file: string;
  let server: CdpServer;
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'bifrost-snapshot-'));
    file = path.join(folder, 'a.heapsnapshot');
    server = await CdpServer.listen(answer);
  });
  afterEach(async () => {
    await server.close();
    await rm(folder, { recursive: true });
  });

  /** Sends the pieces before the answer, as V8 does. */
  function answer(request: CdpRequest, pieces = PIECES): string {
    if (request.method === 'HeapProfiler.takeHeapSnapshot') {
      for (const chunk of pieces) server.sendEvent('HeapProfiler.addHeapSnapshotChunk', { chunk });
    }
    return result(request, {});
  }

  const take = async (options: Partial<HeapSnapshotOptions> = {}) => takeHeapSnapshot(await CdpConnection.open(server.address, 10_000), { file, ...options });

  it('asks for its events, writes them and closes its connection', async () => {
    const { bytes } = await take();
    const text = await readFile(file, 'utf8');
    assert.equal(text, PIECES.join(''));
    assert.equal(bytes, Buffer.byteLength(text));
    assert.deepEqual(server.requests[0]?.params?.events, ['HeapProfiler.addHeapSnapshotChunk', 'HeapProfiler.reportHeapSnapshotProgress']);
    assert.deepEqual(server.requests[1]?.params, { reportProgress: true, captureNumericValue: false });
    assert.deepEqual(await readdir(folder), ['a.heapsnapshot']);
  });

  it('never overwrites a file, and does not stop the program for one that is there', async () => {
    await writeFile(file, 'mine');
    await assert.rejects(take(), /^HeapSnapshotError: There is a file already/);
    assert.equal(await readFile(file, 'utf8'), 'mine');
    assert.deepEqual(server.requests, []);
  });

  it('never overwrites a file that came meanwhile', async () => {
    await assert.rejects(take({ onProgress: () => void writeFile(file, 'mine') }), /There is a file already/);
    assert.equal(await readFile(file, 'utf8'), 'mine');
    assert.deepEqual(await readdir(folder), ['a.heapsnapshot']);
  });

  const failures: readonly (readonly [what: string, respond: (request: CdpRequest) => string | undefined, message: RegExp])[] = [
    ['the program refuses', (request) => (request.method.startsWith('Heap') ? JSON.stringify({ id: request.id, error: { message: 'no' } }) : answer(request)), /could not be taken: no$/],
    ['the end is missing', (request) => answer(request, PIECES.slice(0, 1)), /no whole heap snapshot/],
    ['nothing comes', (request) => answer(request, []), /no whole heap snapshot/],
    ['the debugger takes one too', (request) => answer(request, [...PIECES, ...PIECES]), /at the same time/],
    ['the connection ends', (request) => (server.drop('terminate'), answer(request)), /program ended/],
  ];
  for (const [what, respond, message] of failures) {
    it(`leaves no file when ${what}`, async () => {
      server.respond = respond;
      await assert.rejects(take(), (error: Error) => error.name === 'HeapSnapshotError' && message.test(error.message));
      assert.deepEqual(await readdir(folder), []);
    });
  }

  it('is cancelled before and while it comes', async () => {
    await assert.rejects(take({ signal: AbortSignal.abort() }), { code: 'cancelled' });
    assert.deepEqual(server.requests, []);
    const cancelled = new AbortController();
    server.respond = (request) => {
      const reply = answer(request, PIECES.slice(0, 1));
      return request.method.startsWith('Heap') ? undefined : reply;
    };
    await assert.rejects(take({ signal: cancelled.signal, onProgress: () => cancelled.abort() }), { code: 'cancelled' });
    assert.deepEqual(await readdir(folder), []);
  });

  it('says that there is no such folder', async () => {
    await assert.rejects(take({ file: path.join(folder, 'none', 'a.heapsnapshot') }), /could not be taken: ENOENT/);
  });
});
