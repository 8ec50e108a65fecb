import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'mocha';
import { CaptureQueue, type Captured } from '../../src/collector/captureQueue';
import { CreationStacks } from '../../src/collector/creationStacks';
import type { RawFrame } from '../../src/protocol/frames';
import type { ProgramClock } from '../../src/protocol/units';

interface Item extends Captured {
  readonly name: number;
}

describe('CaptureQueue', () => {
  let stacks: CreationStacks;
  let queue: CaptureQueue<Item>;
  let read: { readonly name: number; readonly frames: readonly RawFrame[] | null }[];

  beforeEach(() => {
    stacks = new CreationStacks();
    read = [];
    queue = new CaptureQueue(stacks, ({ name }, frames) => read.push({ name, frames }));
  });

  const names = () => read.map(({ name }) => name);
  const upTo = (count: number) => Array.from({ length: count }, (_, index) => index);

  function addHere(name: number, createdAt: ProgramClock = name): Item {
    const item: Item = { name, createdAt, capture: stacks.capture(), stackKey: 0 };
    queue.add(item);
    return item;
  }

  it('reads all of them in one go, in the order in which they came', () => {
    upTo(100).forEach((name) => addHere(name));
    queue.read(Infinity, Infinity);
    assert.deepEqual(names(), upTo(100));
    assert.equal(queue.size, 0);
    assert(read.every(({ frames }) => frames?.some(({ functionName }) => functionName === 'addHere')));
  });

  it('leaves those that are too young, and reads them later', () => {
    upTo(40).forEach((name) => addHere(name));
    queue.read(20, Infinity);
    assert.deepEqual(names(), upTo(21));
    queue.read(40, Infinity);
    assert.deepEqual(names(), upTo(40));
  });

  it('reads nothing after its time, and no capture twice', () => {
    const item = addHere(0);
    queue.read(Infinity, -Infinity);
    assert.deepEqual(names(), []);
    queue.read(Infinity, Infinity);
    queue.add(item);
    queue.read(Infinity, Infinity);
    assert.deepEqual(names(), [0]);
    assert.equal(item.capture, null);
  });

  it('forgets what has gone', () => {
    const [first] = [addHere(0), addHere(1)];
    queue.forget(first);
    queue.read(Infinity, Infinity);
    assert.deepEqual(names(), [1]);
  });

  it('says of an empty capture that it is one', () => {
    queue.add({ name: 0, createdAt: 0, capture: {}, stackKey: 0 });
    const item = { name: 1, createdAt: 0, capture: {}, stackKey: 0 };
    queue.add(item);
    queue.read(Infinity, Infinity);
    assert.deepEqual(read.map(({ frames }) => frames), [null, null]);
    assert.equal(stacks.stackOf(item.stackKey).origin, 'empty');
  });
});
