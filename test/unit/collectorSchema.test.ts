import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import { describe, it } from 'mocha';
import * as v from 'valibot';
import { collectedSchema, deepCheckSchema, dumpSchema, helloSchema, replySchema, startedSchema } from '../../src/host/session/collectorSchema';
import { GROUP_DEFAULTS, type HandleGroup, type RuntimeSample } from '../../src/protocol/collector';
import { ALLOCATIONS, COLLECTED, DEEP_CHECK, GROUP, HANDLES, HELLO, PROFILE, RUN, SAMPLE, STARTED } from '../helpers/collectorReplies';

function accepts(value: unknown): boolean {
  return v.safeParse(collectedSchema, value, { abortEarly: true }).success;
}

const withSample = (change: Readonly<Record<string, unknown>>) => ({ sample: { ...SAMPLE, ...change } });
const withAllocations = (change: Readonly<Record<string, unknown>>) => ({ sample: SAMPLE, allocations: { ...ALLOCATIONS, ...change } });
const withProfile = (change: Readonly<Record<string, unknown>>) => withAllocations({ profile: { ...PROFILE, ...change } });
const withHandles = (change: Readonly<Record<string, unknown>>) => ({ sample: SAMPLE, handles: { ...HANDLES, ...change } });
const withGroup = (change: Readonly<Record<string, unknown>>) => withHandles({ groups: [{ ...GROUP, ...change }] });

const MAY_BE_NULL: ReadonlySet<keyof HandleGroup> = new Set(['sinceActivity', 'keepsAlive']);
const [EXAMPLE] = GROUP.examples;

describe('the collector’s schema', () => {
  it('takes what the protocol allows, unchanged', () => {
    assert.deepEqual(v.parse(collectedSchema, COLLECTED), COLLECTED);
    assert.deepEqual(v.parse(helloSchema, HELLO), HELLO);
    assert.deepEqual(v.parse(startedSchema, STARTED), STARTED);
    assert.deepEqual(v.parse(deepCheckSchema, DEEP_CHECK), DEEP_CHECK);
    assert.equal(v.parse(dumpSchema, 'a dump'), 'a dump');
    assert.deepEqual(v.parse(replySchema(helloSchema), { ok: true, value: HELLO }), { ok: true, value: HELLO });
  });

  it('takes what is not known as null, where the protocol has it so', () => {
    for (const key of ['totalAllocatedBytes', 'loopDelayP99', 'loopDelayMax', 'openHandles']) assert.ok(accepts(withSample({ [key]: null })), key);
    const example = { ...EXAMPLE, sinceActivity: null, keepsAlive: null };
    assert.ok(accepts(withGroup({ sinceActivity: null, keepsAlive: null, examples: [example] })));
  });

  it('takes every state that pending operations can be in', () => {
    for (const mode of ['off', 'sampled', 'all']) {
      for (const pending of [{ on: true, mode }, { on: false, reason: 'Another hook is there.', mode }]) assert.deepEqual(v.parse(collectedSchema, withHandles({ pending })).handles?.pending, pending);
    }
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
      ['of frames that are none', withProfile({ frames: [null, null] })],
      ['of frames without a place', withProfile({ frames: [frame, { functionName: 'f', url: '/a.js' }] })],
      ['of frames in negative lines', withProfile({ frames: [frame, { ...frame, line: -1 }] })],
      ['of frames between two lines', withHandles({ frames: [{ ...frame, line: 1.5 }] })],
      ['of frames whose name is no text', withHandles({ frames: [{ ...frame, functionName: { toString: 1 } }] })],
      ['of too many frames', withProfile({ frames: new Array(200_001).fill(frame) })],
      ['that are no lists', withProfile({ parents: { length: 3, 0: -1, 1: 0, 2: 1 } })],
      ['of nodes without a root', withProfile({ parents: [0, 0, 1] })],
      ['of no nodes', withProfile({ parents: [], frameOf: [] })],
      ['of nodes in front of their parents', withProfile({ parents: [-1, 2, 1] })],
      ['of nodes that are their own parents', withProfile({ parents: [-1, 0, 2] })],
      ['of nodes with half a parent', withProfile({ parents: [-1, 0, 0.5] })],
      ['of more nodes than have frames', withProfile({ frameOf: [-1, 0] })],
      ['of nodes with a frame that is not there', withProfile({ frameOf: [-1, 0, 2] })],
      ['of nodes with a negative frame', withProfile({ frameOf: [-1, 0, -1] })],
      ['of nodes with a frame by name', withProfile({ frameOf: [-1, 0, 'length'] })],
      ['with holes', withProfile({ inUse: { bytes: Object.assign(new Array<number>(3), { 1: 5 }), counts: [0, 1, 2] } })],
      ['of negative bytes', withProfile({ inUse: { bytes: [0, -1, 1], counts: [0, 1, 2] } })],
      ['of counts that are no numbers', withProfile({ allocated: { bytes: [0, 1, 1], counts: [0, 1, '2'] } })],
      ['of amounts for fewer nodes than there are', withProfile({ inUse: { bytes: [0, 1], counts: [0, 1] } })],
      ['of samples in a mode that there is not', withAllocations({ run: { ...RUN, mode: 'guess' } })],
      ['with no word on what was left out', withAllocations({ omitted: undefined })],
      ['of too many groups', withHandles({ groups: new Array(20_001).fill(GROUP) })],
      ['with a state that is neither on nor off', withAllocations({ state: { on: 1 } })],
      ['that are off without a reason', withHandles({ state: { on: false } })],
      ['without a summary', withHandles({ summary: undefined })],
      ['with a summary of less than nothing', withHandles({ summary: { ...HANDLES.summary, perRequest: -2 } })],
      ['with a total that is no whole number', withHandles({ total: 0.5 })],
      ['with less than no pending operations', withHandles({ pendingTotal: -1 })],
      ['that cost less than no time', withHandles({ cost: -0.5 })],
      ['with no word on pending operations', withHandles({ pending: undefined })],
      ['with pending operations that are off without a reason', withHandles({ pending: { on: false, mode: 'off' } })],
      ['with pending operations in a mode that there is not', withHandles({ pending: { on: true, mode: 'some' } })],
      ['of groups with an age class too few', withGroup({ ages: [1, 0, 0, 0, 1] })],
      ['of groups with an age class too many', withGroup({ ages: [1, 0, 0, 0, 1, 0, 0] })],
      ['of groups with half a member of an age', withGroup({ ages: [0.5, 0, 0, 0, 0, 0] })],
      ['of groups with half an estimated member', withGroup({ estimated: true, count: 1.5 })],
      ['of groups with half a ref’d member', withGroup({ keepsAlive: 0.5 })],
      ['of groups with too many subjects', withGroup({ subjects: new Array(4).fill({ text: 'a', count: 1 }) })],
      ['of groups with subjects that are none', withGroup({ subjects: ['a'] })],
      ['of groups with too many routes', withGroup({ routes: new Array(4).fill({ route: 'GET /', count: 1 }) })],
      ['of groups with routes without a count', withGroup({ routes: [{ route: 'GET /' }] })],
      ['of groups with too many examples', withGroup({ examples: new Array(4).fill(EXAMPLE) })],
      ['of groups with examples of a negative age', withGroup({ examples: [{ ...EXAMPLE, age: -1 }] })],
      ['of groups with examples that are ref’d by a number', withGroup({ examples: [{ ...EXAMPLE, keepsAlive: 1 }] })],
      ['of groups with examples that are due before now', withGroup({ examples: [{ ...EXAMPLE, dueIn: -1 }] })],
    ];
    for (const [title, value] of rows) it(title, () => assert.equal(accepts(value), false));

    it('up to their bounds only', () => {
      assert.ok(accepts(withHandles({ groups: [{ ...GROUP, stack: stack(256) }] })));
      assert.equal(accepts(withHandles({ groups: [{ ...GROUP, stack: stack(257) }] })), false);
      assert.ok(accepts(withHandles({ groups: new Array(20_000).fill(GROUP) })));
    });

    for (const key of Object.keys(GROUP) as (keyof HandleGroup)[]) {
      const mayBeMissing = key in GROUP_DEFAULTS;
      it(`with a group whose ${key} is of another type${mayBeMissing ? '' : ', or missing'}`, () => {
        const wrong = [{}, ...(mayBeMissing ? [] : [undefined]), typeof GROUP[key] === 'number' ? '1' : 1, ...(MAY_BE_NULL.has(key) ? [] : [null])];
        for (const value of wrong) assert.equal(accepts(withGroup({ [key]: value })), false, inspect(value));
      });
    }
    it('with a group that leaves out what most have, which it is given', () => {
      const short = Object.fromEntries(Object.entries(GROUP).filter(([key]) => !(key in GROUP_DEFAULTS)));
      const { handles } = v.parse(collectedSchema, withHandles({ groups: [short] }));
      assert.deepEqual(handles?.groups, [{ ...GROUP, ...GROUP_DEFAULTS }]);
    });
    it('with a category that the protocol does not have', () => {
      for (const category of ['perRequest', 'constructor', '']) assert.equal(accepts(withGroup({ category })), false, category);
    });
    it('with a kind or an origin that the protocol does not have', () => {
      for (const name of ['constructor', '', 'Handle']) assert.deepEqual([accepts(withGroup({ kind: name })), accepts(withGroup({ origin: name }))], [false, false], name);
    });
  });

  it('cuts long texts, wherever they stand', () => {
    const long = 'x'.repeat(100_000);
    const cut = `${'x'.repeat(2000)}…`;
    const inside = { subjects: [{ text: long, count: 1 }], routes: [{ route: long, count: 1 }], examples: [{ ...EXAMPLE, subject: long }] };
    const { handles, allocations } = v.parse(collectedSchema, {
      sample: SAMPLE,
      allocations: { ...ALLOCATIONS, state: { on: false, reason: long }, profile: { ...PROFILE, frames: PROFILE.frames.map((frame) => ({ ...frame, functionName: long, url: long })) } },
      handles: { ...HANDLES, groups: [{ ...GROUP, label: long, type: long, state: long, ...inside }], pending: { on: false, reason: long, mode: 'off' } },
    });
    const [group] = handles?.groups ?? [];
    const [frame] = allocations?.profile?.frames ?? [];
    const state = allocations?.state;
    assert.deepEqual([group?.label, group?.type, group?.state, frame?.functionName, frame?.url], Array(5).fill(cut));
    assert.deepEqual([group?.subjects[0]?.text, group?.routes[0]?.route, group?.examples[0]?.subject], Array(3).fill(cut));
    assert.equal(state?.on === false && state.reason, cut);
    assert.equal(handles?.pending.on === false && handles.pending.reason, cut);
    assert.equal(v.parse(helloSchema, { ...HELLO, nodeVersion: long }).nodeVersion, cut);
    assert.equal(v.parse(helloSchema, { ...HELLO, nodeVersion: 'x'.repeat(2000) }).nodeVersion.length, 2000);
  });

  it('refuses what is no step of a deep check', () => {
    const abandoned = new Array(20_001).fill(GROUP);
    for (const change of [{ followed: -1 }, { followed: 1.5 }, { unreadStacks: null }, { abandoned: null }, { abandoned }, { abandoned: [{}] }, { frames: undefined }]) {
      assert.equal(v.safeParse(deepCheckSchema, { ...DEEP_CHECK, ...change }, { abortEarly: true }).success, false, Object.keys(change)[0]);
    }
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
    assert.equal(accepts(withProfile({ frames: nest(100_000) })), false);
    assert.equal(accepts({ ...COLLECTED, extra: nest(100_000) }), true);
  });
});
