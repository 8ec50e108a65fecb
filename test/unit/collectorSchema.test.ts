import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import { describe, it } from 'mocha';
import * as v from 'valibot';
import { collectedSchema, dumpSchema, helloSchema, replySchema, startedSchema } from '../../src/host/session/collectorSchema';
import type { HandleGroup, RuntimeSample } from '../../src/protocol/collector';
import { ALLOCATIONS, COLLECTED, GROUP, HANDLES, HELLO, SAMPLE, STARTED } from '../helpers/collectorReplies';

function accepts(value: unknown): boolean {
  return v.safeParse(collectedSchema, value, { abortEarly: true }).success;
}

const withSample = (change: Readonly<Record<string, unknown>>) => ({ sample: { ...SAMPLE, ...change } });
const withAllocations = (change: Readonly<Record<string, unknown>>) => ({ sample: SAMPLE, allocations: { ...ALLOCATIONS, ...change } });
const withHandles = (change: Readonly<Record<string, unknown>>) => ({ sample: SAMPLE, handles: { ...HANDLES, ...change } });
const withGroup = (change: Readonly<Record<string, unknown>>) => withHandles({ groups: [{ ...GROUP, ...change }] });

describe('the collector’s schema', () => {
  it('takes what the protocol allows, unchanged', () => {
    assert.deepEqual(v.parse(collectedSchema, COLLECTED), COLLECTED);
    assert.deepEqual(v.parse(helloSchema, HELLO), HELLO);
    assert.deepEqual(v.parse(startedSchema, STARTED), STARTED);
    assert.equal(v.parse(dumpSchema, 'a dump'), 'a dump');
    assert.deepEqual(v.parse(replySchema(helloSchema), { ok: true, value: HELLO }), { ok: true, value: HELLO });
  });

  it('takes what is not known as null, where the protocol has it so', () => {
    for (const key of ['totalAllocatedBytes', 'loopDelayP99', 'loopDelayMax', 'openHandles']) assert.ok(accepts(withSample({ [key]: null })), key);
  });

  describe('refuses a sample', () => {
    const numbers = Object.entries(SAMPLE).flatMap(([key, value]) => (typeof value === 'number' ? [key as keyof RuntimeSample] : []));
    for (const key of numbers) {
      it(`whose ${key} is no amount`, () => {
        for (const value of [-1, Number.NaN, Infinity, -Infinity, '1', 'NaN', true, [], [1], {}, undefined]) {
          assert.equal(accepts(withSample({ [key]: value })), false, `${key}: ${inspect(value)}`);
        }
      });
    }
    it('with null where a figure is always known', () => {
      for (const key of ['clock', 'usedHeapBytes', 'cpuUser', 'gcCount', 'cpuCount']) assert.equal(accepts(withSample({ [key]: null })), false, key);
    });
    it('with counts that are no whole numbers', () => {
      for (const key of ['gcCount', 'openHandles', 'cpuCount', 'threadPoolSize']) {
        for (const value of [1.5, 2 ** 53]) assert.equal(accepts(withSample({ [key]: value })), false, `${key}: ${value}`);
      }
    });
    it('that is not there', () => {
      for (const value of [{}, null, [], 'sample', { sample: null }, { sample: [] }]) assert.equal(accepts(value), false, JSON.stringify(value));
    });
  });

  describe('refuses lists', () => {
    const stack = (length: number) => new Array<number>(length).fill(0);
    const frame = { functionName: 'f', url: '/a.js', line: 1, column: 1 };
    const rows: readonly (readonly [title: string, value: unknown])[] = [
      ['of frames that are none', withAllocations({ frames: [null] })],
      ['of frames without a place', withAllocations({ frames: [{ functionName: 'f', url: '/a.js' }] })],
      ['of frames in negative lines', withAllocations({ frames: [{ ...frame, line: -1 }] })],
      ['of frames between two lines', withHandles({ frames: [{ ...frame, line: 1.5 }] })],
      ['of frames whose name is no text', withHandles({ frames: [{ ...frame, functionName: { toString: 1 } }] })],
      ['of too many frames', withAllocations({ frames: new Array(200_001).fill(frame) })],
      ['that are no lists', withAllocations({ inUse: { length: 1, 0: { bytes: 1, count: 1, stack: [] } } })],
      ['of sites with negative bytes', withAllocations({ inUse: [{ bytes: -1, count: 1, stack: [] }] })],
      ['of sites without a stack', withAllocations({ inUse: [{ bytes: 1, count: 1 }] })],
      ['of sites whose stack is deeper than any of ours', withAllocations({ inUse: [{ bytes: 1, count: 1, stack: stack(257) }] })],
      ['of sites with a negative frame', withAllocations({ inUse: [{ bytes: 1, count: 1, stack: [-1] }] })],
      ['of sites with a frame by name', withAllocations({ inUse: [{ bytes: 1, count: 1, stack: ['length'] }] })],
      ['of too many sites', withAllocations({ inUse: new Array(20_001).fill({ bytes: 1, count: 1, stack: [] }) })],
      ['of too many groups', withHandles({ groups: new Array(20_001).fill(GROUP) })],
      ['with a state that is neither on nor off', withAllocations({ state: { on: 1 } })],
      ['that are off without a reason', withHandles({ state: { on: false } })],
      ['without a summary', withHandles({ summary: undefined })],
      ['with a summary of less than nothing', withHandles({ summary: { ...HANDLES.summary, perRequest: -2 } })],
      ['with a total that is no whole number', withHandles({ total: 0.5 })],
    ];
    for (const [title, value] of rows) it(title, () => assert.equal(accepts(value), false));

    it('up to their bounds only', () => {
      assert.ok(accepts(withAllocations({ inUse: [{ bytes: 1, count: 1, stack: stack(256) }] })));
      assert.ok(accepts(withHandles({ groups: new Array(20_000).fill(GROUP) })));
    });

    for (const key of Object.keys(GROUP) as (keyof HandleGroup)[]) {
      it(`with a group whose ${key} is of another type, or missing`, () => {
        for (const value of [{}, undefined, null, typeof GROUP[key] === 'number' ? '1' : 1]) assert.equal(accepts(withGroup({ [key]: value })), false, inspect(value));
      });
    }
    it('with a category that the protocol does not have', () => {
      for (const category of ['perRequest', 'constructor', '']) assert.equal(accepts(withGroup({ category })), false, category);
    });
  });

  it('cuts long texts, wherever they stand', () => {
    const long = 'x'.repeat(100_000);
    const cut = `${'x'.repeat(2000)}…`;
    const { handles, allocations } = v.parse(collectedSchema, {
      sample: SAMPLE,
      allocations: { ...ALLOCATIONS, state: { on: false, reason: long }, frames: [{ functionName: long, url: long, line: 1, column: 1 }] },
      handles: { ...HANDLES, groups: [{ ...GROUP, label: long, type: long, state: long, waitReason: long }] },
    });
    const [group] = handles?.groups ?? [];
    const [frame] = allocations?.frames ?? [];
    const state = allocations?.state;
    assert.deepEqual([group?.label, group?.type, group?.state, group?.waitReason, frame?.functionName, frame?.url], Array(6).fill(cut));
    assert.equal(state?.on === false && state.reason, cut);
    assert.equal(v.parse(helloSchema, { ...HELLO, nodeVersion: long }).nodeVersion, cut);
    assert.equal(v.parse(helloSchema, { ...HELLO, nodeVersion: 'x'.repeat(2000) }).nodeVersion.length, 2000);
  });

  it('refuses a dump that is no text, or too long for one', () => {
    for (const dump of [null, 1, ['a dump'], 'x'.repeat(8_000_001)]) assert.equal(v.safeParse(dumpSchema, dump).success, false);
  });

  it('lets no property through that it does not know', () => {
    const parsed = v.parse(collectedSchema, { ...COLLECTED, extra: 1, sample: { ...SAMPLE, extra: 1 }, handles: { ...HANDLES, groups: [{ ...GROUP, extra: 1 }] } });
    assert.deepEqual(parsed, COLLECTED);
  });

  it('takes nothing from a property called __proto__', () => {
    const inherited = JSON.parse(`{"__proto__":${JSON.stringify(COLLECTED)}}`) as unknown;
    assert.equal(accepts(inherited), false);
    const polluting = JSON.parse(JSON.stringify(COLLECTED).replaceAll('{', '{"__proto__":{"polluted":true},')) as unknown;
    const parsed = v.parse(collectedSchema, polluting);
    assert.deepEqual(parsed, COLLECTED);
    assert.equal('polluted' in {}, false);
  });

  it('bears nests of any depth', () => {
    const nest = (depth: number) => JSON.parse('['.repeat(depth) + ']'.repeat(depth)) as unknown;
    assert.equal(accepts(nest(100_000)), false);
    assert.equal(accepts(withSample({ clock: nest(100_000) })), false);
    assert.equal(accepts(withAllocations({ frames: nest(100_000) })), false);
    assert.equal(accepts({ ...COLLECTED, extra: nest(100_000) }), true);
  });
});
