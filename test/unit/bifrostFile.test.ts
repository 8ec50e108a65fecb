/** Bifrost's own format: what was saved comes back, and no file does harm. */
import assert from 'node:assert/strict';
import { readBifrostFile, writeBifrostFile } from '../../src/host/export/formats/bifrostFile';
import type { SavedProfile } from '../../src/protocol/savedProfile';
import { RUN } from '../helpers/collectorReplies';
import { frame, handlesViewOf } from '../helpers/handleRows';
import { historyPointAt } from '../helpers/historyPoints';
import { allocatedBy, chain, HEAP } from '../helpers/profiles';
import { savedProfile } from '../helpers/savedProfiles';
import { SeededRandom } from '../helpers/seededRandom';

const SAVED = savedProfile({
  program: { name: 'Shop', pid: 4711, nodeVersion: 'v24.1.0' },
  sampler: RUN,
  allocations: HEAP,
  allocationsReadAt: '2026-01-02T03:04:04.000Z',
  external: { arrayBufferBytes: 1024, otherExternalBytes: 2048 },
  current: {
    cpuPercent: 12.5,
    cpuUserSeconds: 3,
    cpuSystemSeconds: 1,
    usedHeapBytes: 10_000_000,
    committedHeapBytes: 12_000_000,
    heapLimitBytes: 4_000_000_000,
    externalBytes: 3072,
    arrayBufferBytes: 1024,
    rssBytes: 60_000_000,
    totalAllocatedBytes: null,
    totalAllocatedIsEstimate: true,
    heapObjects: 6_075.5,
    openHandles: 7,
    gcCount: 3,
    gcLastPause: 1.25,
    gcTotalPause: 4.5,
    loopDelayP99: null,
    loopUtilization: 0.25,
    cpuCount: 2,
    threadPoolSize: 4,
    dom: null,
    overheadPercent: 0.5,
    overheadLimit: '',
  },
  bands: [
    { kind: 'lost', from: 1_000, to: 3_000 },
    { kind: 'paused', from: 4_000, to: null },
  ],
  events: [{ kind: 'mark', time: 2_000, text: 'Mark' }],
  history: [historyPointAt(1_767_323_045_678, { usedHeapBytes: 1, loopDelayP99: 2.5, loopUtilization: 0.5, gcCount: 3, gcPause: 4.5 })],
  handles: handlesViewOf([{ stack: [frame('listen', '/app/src/server.ts')], subjects: [{ text: '127.0.0.1:80', count: 1 }], trend: -1 }, {}]),
});

const TEXT = writeBifrostFile(SAVED);

const withPart = (change: Readonly<Record<string, unknown>>) => JSON.stringify({ ...SAVED, ...change });
const withAllocations = (change: Readonly<Record<string, unknown>>) => withPart({ allocations: { ...HEAP, ...change } });
const withFrame = (change: Readonly<Record<string, unknown>>) => withAllocations({ frames: HEAP.frames.map((item) => ({ ...item, ...change })) });

/** @returns The one sentence on why the file was refused. */
function refusal(text: string): string {
  const result = readBifrostFile(text);
  assert.ok(!result.ok, `taken: ${text.slice(0, 200)}`);
  assert.match(result.message, /^The file .*\.$/);
  assert.ok(result.message.length < 500, result.message);
  return result.message;
}

function taken(text: string): SavedProfile {
  const result = readBifrostFile(text);
  assert.ok(result.ok, result.ok ? '' : result.message);
  return result.value;
}

describe('a Bifrost file', () => {
  it('is read as it was written', () => assert.deepEqual(taken(TEXT), SAVED));

  it('may have nothing in it but the program', () => {
    const empty: SavedProfile = { ...SAVED, sampler: null, allocations: null, external: null, current: null, history: [], handles: null };
    assert.deepEqual(taken(writeBifrostFile(empty)), empty);
  });

  it('may have a stack of 1,000,000 functions', () => {
    const deep = { ...SAVED, allocations: chain(1_000_000) };
    assert.deepEqual(taken(writeBifrostFile(deep)).allocations?.parents.length, 1_000_001);
  });

  it('may be of a build that knew less of each point', () => {
    const known = { time: 1, usedHeapBytes: 2, committedHeapBytes: 3, rssBytes: 4, cpuPercent: 5, openHandles: 6, gcLastPause: 7 };
    assert.deepEqual(taken(withPart({ history: [known] })).history, [historyPointAt(1, known)]);
  });

  it('keeps names as they are, whatever they look like', () => {
    for (const name of ['</script><script>alert(1)</script>', '[click](command:workbench.action.closeWindow)', '\u202egnp.exe', '$(bug) \u0000']) {
      const saved = { ...SAVED, allocations: allocatedBy(name, `command:${name}`) };
      assert.deepEqual(taken(writeBifrostFile(saved)), saved);
    }
  });

  it('is refused when it is something else', () => {
    for (const text of ['', ' ', 'null', '5', '"x"', '[]', '{}', '{"format":"x"}', 'not JSON', '\u001f\u008b\u0008', '[1,2', '<html>']) {
      assert.match(refusal(text), /not a Bifrost profile|no Bifrost profile/, text);
    }
  });

  it('is refused when it is of a newer version', () => assert.match(refusal(withPart({ version: 2 })), /version of Bifrost/));

  it('is refused when it ends too early, wherever', () => {
    for (let length = 0; length < TEXT.length; length += 37) refusal(TEXT.slice(0, length));
    assert.match(refusal(TEXT.slice(0, -1)), /damaged/);
  });

  it('is refused when it is too large to be parsed', () => {
    assert.match(refusal(`${' '.repeat(256 * 1024 * 1024)}${TEXT}`), /too large/);
  });

  it('is refused when lists are nested 1,000,000 deep', () => void refusal('['.repeat(1_000_000)));

  const { parents, frameOf } = HEAP;
  const put = (list: readonly unknown[], index: number, value: unknown) => list.map((item, at) => (at === index ? value : item));
  const bytes = (values: unknown) => withAllocations({ inUse: { bytes: values, counts: HEAP.inUse?.counts } });
  const broken: Readonly<Record<string, string>> = {
    'a parent that is the node itself': withAllocations({ parents: put(parents, 3, 3) }),
    'a parent behind its node': withAllocations({ parents: put(parents, 3, 4) }),
    'a circle of parents': withAllocations({ parents: put(put(parents, 3, 5), 5, 3) }),
    'a root with a parent': withAllocations({ parents: put(parents, 0, 0) }),
    'a second root': withAllocations({ parents: put(parents, 3, -1) }),
    'half a parent': withAllocations({ parents: put(parents, 3, 1.5) }),
    'a parent that is text': withAllocations({ parents: put(parents, 3, '2') }),
    'no parents': withAllocations({ parents: [] }),
    'parents that are no list': withAllocations({ parents: { length: 10, 0: -1 } }),
    'a list with a claimed length': withAllocations({ parents: { length: 2_147_483_648 } }),
    'too few frames of nodes': withAllocations({ frameOf: frameOf.slice(1) }),
    'a frame that is not there': withAllocations({ frameOf: put(frameOf, 3, HEAP.frames.length) }),
    'a frame number below 0': withAllocations({ frameOf: put(frameOf, 3, -1) }),
    'a frame number of 2^53': withAllocations({ frameOf: put(frameOf, 3, 2 ** 53) }),
    'frames that are no list': withAllocations({ frames: { length: 8 } }),
    'a frame that is null': withAllocations({ frames: put(HEAP.frames, 1, null) }),
    'a name that is no text': withFrame({ functionName: { toString: 1 } }),
    'an unknown origin': withFrame({ origin: '__proto__' }),
    'a line below 0': withFrame({ line: -1 }),
    'half a line': withFrame({ line: 1.5 }),
    'a broken generated place': withFrame({ generated: { file: 'x' } }),
    'bytes below 0': bytes(put(HEAP.inUse?.bytes ?? [], 2, -1)),
    'endless bytes': bytes(put(HEAP.inUse?.bytes ?? [], 2, 'INF')).replace('"INF"', '1e999'),
    'bytes that are not a number': bytes(put(HEAP.inUse?.bytes ?? [], 2, NaN)),
    'too many bytes': bytes([...(HEAP.inUse?.bytes ?? []), 1]),
    'no counts': withAllocations({ inUse: { bytes: HEAP.inUse?.bytes } }),
    'amounts that are a list': withAllocations({ inUse: [] }),
    'no allocations at all': withPart({ allocations: undefined }),
    'a history that is no list': withPart({ history: {} }),
    'a history of nonsense': withPart({ history: [null] }),
    'an endless history': withPart({ history: new Array(200_000).fill(SAVED.history[0]) }),
    'a time that is none': withPart({ savedAt: 'yesterday' }),
    'a time of allocations that is none': withPart({ allocationsReadAt: 'yesterday' }),
    'a process id below 0': withPart({ program: { ...SAVED.program, pid: -1 } }),
    'no program': withPart({ program: null }),
    'an unknown sampler': withPart({ sampler: { ...RUN, mode: 'constructor' } }),
    'a row without a stack': withPart({ handles: { ...SAVED.handles, rows: [{ ...SAVED.handles?.rows[0], stack: null }] } }),
    'a version that is text': withPart({ version: '1' }),
  };
  for (const [what, text] of Object.entries(broken)) it(`is refused with ${what}`, () => void refusal(text));

  it('does not reach a prototype', () => {
    const poison = '"__proto__":{"polluted":true,"toString":1},"constructor":{"prototype":{"polluted":true}}';
    const poisoned = TEXT.replaceAll('{"', `{${poison},"`);
    const value = taken(poisoned);
    assert.deepEqual(value, SAVED);
    assert.equal(Object.getPrototypeOf(value), Object.prototype);
    assert.equal(Object.getPrototypeOf(value.allocations?.frames[0]), Object.prototype);
    assert.equal('polluted' in {}, false);
  });

  it('takes the last of doubled keys, and checks that', () => {
    assert.equal(taken(TEXT.replace('"name":"Shop"', '"name":5,"name":"Shop"')).program.name, 'Shop');
    refusal(TEXT.replace('"name":"Shop"', '"name":"Shop","name":5'));
  });

  it('says in short what is wrong, without what is invisible', () => {
    const message = refusal(withPart({ program: { name: '\u202e'.repeat(1_000_000), pid: 'x', nodeVersion: null } }));
    assert.doesNotMatch(message, /\p{Cf}/u);
  });

  it('is refused without a complaint kept about each item of a large list', () => {
    const text = withAllocations({ frames: new Array(2_000_000).fill(0) });
    const before = process.memoryUsage().heapUsed;
    refusal(text);
    const used = process.memoryUsage().heapUsed - before;
    assert.ok(used < 250e6, `${Math.round(used / 1e6)} MB for a file of 4 MB`);
  });

  it('is taken with 500,000 stacks in some seconds', function () {
    this.timeout(30_000);
    const count = 500_000;
    const frames = Array.from({ length: 50_000 }, (_, index) => ({ ...HEAP.frames[0], functionName: `f${index}`, line: index }));
    const numbers = Array.from({ length: count }, (_, node) => node);
    const amounts = { bytes: numbers, counts: numbers };
    const text = withAllocations({
      frames,
      parents: numbers.map((node) => (node === 0 ? -1 : node >> 1)),
      frameOf: numbers.map((node) => (node === 0 ? -1 : node % frames.length)),
      inUse: amounts,
      allocated: amounts,
    });
    const start = performance.now();
    taken(text);
    assert.ok(performance.now() - start < 5_000, `${Math.round(performance.now() - start)} ms`);
  });

  const seed = 20_260_102;
  it(`is taken or refused, whatever is changed in it (seed ${seed})`, function () {
    this.timeout(60_000);
    const random = new SeededRandom(seed);
    let refused = 0;
    for (let round = 0; round < 1_000; round++) {
      let text = TEXT;
      for (let changes = random.integer(1, 5); changes > 0; changes--) text = mutated(text, random);
      const result = readBifrostFile(text);
      // JSON knows no -0.
      if (result.ok) assert.deepEqual(taken(writeBifrostFile(result.value)), JSON.parse(JSON.stringify(result.value)));
      else {
        refused++;
        assert.match(result.message, /^The file .*\.$/);
      }
    }
    assert.ok(refused > 500, `${refused} of 1,000 were refused`);
  });
});

const PIECES = ['{', '}', '[', ']', ',', ':', '"', '-', '0', '1e999', '-1', 'null', 'true', '"__proto__":{},', '\\u0000', '2147483648', '{"length":2147483648}', '\ud800', ' '];

/** The text with some of it taken out, put elsewhere, doubled, or replaced by a piece of JSON. */
function mutated(text: string, random: SeededRandom): string {
  const from = random.integer(0, text.length - 1);
  const to = Math.min(text.length, from + random.integer(0, random.chance(0.1) ? 500 : 8));
  const piece = random.chance(0.5) ? random.pick(PIECES) : text.slice(from, to);
  const at = random.integer(0, text.length);
  if (random.chance(0.3)) return text.slice(0, from) + text.slice(to);
  if (random.chance(0.5)) return text.slice(0, at) + piece + text.slice(at);
  return text.slice(0, from) + piece + text.slice(to);
}
