import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { OpenHandle } from '../../src/model/handleGroups';
import { countSampled, sampledAmount, SampledAmounts } from '../../src/model/sampledAmounts';
import { SeededRandom } from '../helpers/seededRandom';

const LONG = 60_000;
const SERVED = { route: 'GET /', isFinished: false };

/** A handle that was opened at an age; what waits for a minute waits for long. */
function open(type: string, weight: number, age: number, more: Partial<OpenHandle> = {}): OpenHandle {
  return {
    id: 0,
    kind: 'handle',
    type,
    createdAt: -age,
    request: null,
    isBackground: false,
    stackKey: 1,
    weight,
    state: '',
    keepsAlive: null,
    activeAt: null,
    ...more,
  };
}

/** What each stands for. Pending operations are never asked about. */
function amounts(handles: readonly OpenHandle[]): number[] {
  const sampled = new SampledAmounts();
  const classOf = ({ type, request, isBackground, createdAt }: OpenHandle) =>
    sampled.classOf(type, request !== null, isBackground, -createdAt >= LONG);
  for (const handle of handles) countSampled(classOf(handle), handle.weight, 1);
  return handles.map((handle) => sampledAmount(classOf(handle), handle.weight));
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

describe('SampledAmounts', () => {
  it('is one for each when every handle has a stack', () => {
    assert.deepEqual(amounts([]), []);
    assert.deepEqual(amounts([open('Timeout', 1, 5), open('TCPWRAP', 1, LONG)]), [1, 1]);
  });

  it('divides those without a stack among those with one, by what each stands for', () => {
    const handles = [open('Timeout', 4, 1), open('Timeout', 0, 1), open('Timeout', 2, 1), open('Timeout', 0, 1)];
    assert.deepEqual(amounts(handles), [1 + (3 * 2) / 4, 0, 1 + (1 * 2) / 4, 0]);
  });

  it('lets those that were taken while everything was stand for themselves only', () => {
    const handles = [open('Timeout', 1, 1), open('Timeout', 2, 1), open('Timeout', 0, 1), open('Timeout', 0, 1)];
    assert.deepEqual(amounts(handles), [1, 3, 0, 0]);
  });

  it('counts a sampled handle once when what it stood for has been closed', () => {
    assert.deepEqual(amounts([open('Timeout', 100, 1), open('Timeout', 100, 1)]), [1, 1]);
  });

  it('lets handles without a stack speak for themselves when no sampled one lives', () => {
    assert.deepEqual(amounts([open('Timeout', 0, 1), open('Timeout', 0, 1), open('TCPWRAP', 1, 1)]), [1, 1, 1]);
  });

  it('does not lose one that waits for long in an estimate of those that do not', () => {
    const handles = [open('Timeout', 0, LONG), open('Timeout', 3, 1), open('Timeout', 0, 1), open('Timeout', 0, 1)];
    assert.deepEqual(amounts(handles), [1, 3, 0, 0]);
  });

  it('does not take one with a stack of its own as standing for others that were not sampled', () => {
    assert.deepEqual(amounts([open('Timeout', 1, LONG), open('Timeout', 0, LONG)]), [1, 1]);
  });

  const others: readonly (readonly [title: string, other: OpenHandle])[] = [
    ['of another type', open('Interval', 0, 1)],
    ['that a request opened', open('Timeout', 0, 1, { request: SERVED })],
    ['of the main script', open('Timeout', 0, 1, { isBackground: true })],
    ['of both', open('Timeout', 0, 1, { request: SERVED, isBackground: true })],
  ];
  for (const [title, other] of others) {
    it(`does not count a handle ${title} with the others`, () =>
      assert.deepEqual(amounts([open('Timeout', 5, 1), open('Timeout', 0, 1), other]), [2, 0, 1]));
  }

  it('takes any name of a type as it is', () => {
    const handles = ['__proto__', 'constructor', '', 'Timeout|00'].flatMap((type) => [open(type, 2, 1), open(type, 0, 1)]);
    assert.deepEqual(amounts(handles), [2, 0, 2, 0, 2, 0, 2, 0]);
  });

  for (const seed of [1, 2, 3]) {
    it(`keeps the number of handles, in each class of alike ones too (seed ${seed})`, () => {
      const random = new SeededRandom(seed);
      for (let round = 0; round < 300; round++) {
        const handles = Array.from({ length: random.integer(0, 80) }, () =>
          open(random.pick(['Timeout', 'TCPWRAP']), random.pick([0, 0, 0, 1, 2, 64, 1024]), random.pick([5, LONG, 2 * LONG]), {
            request: random.pick([null, SERVED]),
            isBackground: random.chance(0.5),
          }),
        );
        const result = amounts(handles);
        assert.ok(Math.abs(sum(result) - handles.length) < 1e-6);
        const classes = new Map<string, number[]>();
        for (const [index, { type, request, isBackground, createdAt, weight }] of handles.entries()) {
          const amount = result[index] ?? NaN;
          assert.ok(weight === 0 ? amount === 0 || amount === 1 : amount >= 1);
          const key = `${type} ${request !== null} ${isBackground} ${-createdAt >= LONG}`;
          classes.set(key, [...(classes.get(key) ?? []), amount]);
        }
        for (const members of classes.values()) assert.ok(Math.abs(sum(members) - members.length) < 1e-6);
      }
    });
  }

  it('estimates how many each stack has from a sample', () => {
    const random = new SeededRandom(5);
    const interval = 50;
    // One in 50 has its stack captured; a fifth of all were opened by the second stack.
    const handles = Array.from({ length: 100_000 }, () =>
      open('Timeout', random.chance(1 / interval) ? interval : 0, 1, { stackKey: random.chance(0.2) ? 2 : 1 }),
    );
    const result = amounts(handles);
    const ofStack = (key: number) => sum(result.filter((_, index) => handles[index]?.stackKey === key));
    assert.ok(Math.abs(ofStack(2) - 20_000) < 2500, `${ofStack(2)}`);
    assert.ok(Math.abs(ofStack(1) + ofStack(2) - 100_000) < 1e-3);
  });
});
