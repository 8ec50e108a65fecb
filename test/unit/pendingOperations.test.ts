import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { deepestAmounts, isAwait, isOthersReaction, pendingLabel } from '../../src/model/pendingOperations';
import type { RawFrame } from '../../src/protocol/frames';
import { SeededRandom } from '../helpers/seededRandom';

/** `handler:12` is a frame of the program's, `Promise.then` without a line a built-in function. */
function frame(text: string): RawFrame {
  const [functionName = '', line] = text.split(':');
  return { functionName, url: line === undefined ? '' : '/app/main.js', line: Number(line ?? 0), column: 1 };
}

/** Frames by name, the innermost first. */
function stack(...frames: string[]): RawFrame[] {
  return frames.map(frame);
}

function at(url: string): RawFrame {
  return { functionName: 'f', url, line: 1, column: 1 };
}

/** What is left of `3 query:5 < load:2`, three awaits of one stack; `~3` for an estimate. */
function deepest(...groups: string[]): string[] {
  const parsed = groups.map((text) => {
    const [, sign, amount, frames] = /^(~?)([\d.]+) (.*)$/.exec(text) ?? [];
    return { stack: stack(...(frames ?? '').split(' < ')), amount: Number(amount), estimated: sign === '~' };
  });
  return deepestAmounts(parsed).map(({ amount, estimated }) => `${estimated ? '~' : ''}${amount}`);
}

describe('pendingLabel', () => {
  const rows: readonly (readonly [title: string, frames: readonly string[], label: string])[] = [
    ['is Await for an await', ['load:3', 'serve:9'], 'Await'],
    ['is Await for an await of a function that goes on', ['async load:3'], 'Await'],
    ['is the method that was called', ['Promise.then', 'serve:9'], 'Promise.then'],
    ['is the method that was called, not the one that this calls', ['Promise.then', 'Promise.finally', 'serve:9'], 'Promise.finally'],
    ['knows the statics of Node before 22', ['Promise.then', 'Function.all', 'serve:9'], 'Promise.all'],
    ['knows the statics of Node from 22 on', ['Promise.then', 'Promise.race', 'serve:9'], 'Promise.race'],
    ['knows a static on top', ['Function.allSettled', 'serve:9'], 'Promise.allSettled'],
    ['does not look below the first frame of the program', ['load:3', 'Promise.all'], 'Await'],
    ['does not look below another built-in function', ['Promise.then', 'Array.map', 'Promise.all', 'serve:9'], 'Promise.then'],
    ['does not take a method of the program for a built-in one', ['Promise.then:7', 'serve:9'], 'Await'],
    ['does not take what waits for several for the call itself', ['async Promise.all', 'async load:3'], 'Await'],
    ['is Await while the stack is not known', [], 'Await'],
  ];
  for (const [title, frames, label] of rows) {
    it(title, () => assert.deepEqual([pendingLabel(stack(...frames)), isAwait(stack(...frames))], [label, label === 'Await']));
  }
});

describe('isOthersReaction', () => {
  const rows: readonly (readonly [title: string, urls: readonly string[], expected: boolean])[] = [
    ['the program', ['/app/main.js', 'node:internal/process/task_queues'], false],
    ['the program by a built-in function', ['', '/app/main.js'], false],
    ['a library by an await', ['/app/node_modules/pg/client.js', '/app/main.js'], false],
    ['a module by its URL', ['file:///app/main.mjs'], false],
    ['Node', ['node:internal/deps/undici/undici', '/app/main.js'], true],
    ['Node by a built-in function', ['', 'node:internal/streams/pipeline', '/app/main.js'], true],
    ['the debugger', ['/vscode/js-debug/bootloader.cdp', '/app/main.js'], true],
    ['nobody known', ['', ''], true],
    ['nobody', [], true],
  ];
  for (const [title, urls, expected] of rows) {
    it(`is ${expected} when ${title} waits`, () => assert.equal(isOthersReaction(urls.map(at)), expected));
  }

  // A web framework does this with every handler that it calls.
  it('is true when a library calls then', () => {
    const then = frame('Promise.then');
    assert.equal(isOthersReaction([then, at('/app/node_modules/koa/lib/application.js'), at('/app/main.js')]), true);
    assert.equal(isOthersReaction([then, at('/app/main.js'), at('/app/node_modules/koa/lib/application.js')]), false);
  });
});

describe('deepestAmounts', () => {
  it('leaves what awaits nothing of the program’s', () => assert.deepEqual(deepest('3 load:2 < serve:9', '2 poll:5'), ['3', '2']));
  it('is empty for nothing', () => assert.deepEqual(deepest(), []));
  it('leaves a group whose stack is not known', () =>
    assert.deepEqual(deepestAmounts([{ stack: [], amount: 5, estimated: true }]), [{ amount: 5, estimated: true }]));

  it('leaves of a chain of awaits the last', () =>
    assert.deepEqual(deepest('1 serve:9', '1 load:2 < serve:9', '1 query:5 < load:2 < serve:9'), ['0', '0', '1']));

  it('does so in any order', () =>
    assert.deepEqual(deepest('1 query:5 < load:2 < serve:9', '1 serve:9', '1 load:2 < serve:9'), ['1', '0', '0']));

  it('leaves the members that await nothing further', () =>
    assert.deepEqual(deepest('5 load:2 < serve:9', '2 query:5 < load:2 < serve:9'), ['3', '2']));

  it('looks at the line of the await', () =>
    assert.deepEqual(deepest('1 load:2 < serve:9', '1 query:5 < load:3 < serve:9'), ['1', '1']));

  it('looks at the function', () => assert.deepEqual(deepest('1 load:2 < serve:9', '1 query:5 < other:2 < serve:9'), ['1', '1']));

  it('knows a function that has been resumed in between', () =>
    assert.deepEqual(deepest('1 async load:2', '1 query:5 < async load:2', '1 send:7 < async query:5 < async load:2'), ['0', '0', '1']));

  // What is resumed is called by Node, and its stack has only those who await it.
  it('knows what waits below a function that was called from deep within the program', () =>
    assert.deepEqual(deepest('1 load:2 < serve:9 < next:4 < route:5 < emit:1', '1 query:5 < async load:2'), ['0', '1']));

  it('knows a method, which has the name of its class only while it runs', () =>
    assert.deepEqual(deepest('1 Pool.query:2 < serve:9', '1 connect:5 < async query:2'), ['0', '1']));

  it('leaves of a function that calls itself the deepest call', () =>
    assert.deepEqual(deepest('1 walk:4', '1 walk:4 < walk:4', '1 walk:4 < walk:4 < walk:4'), ['0', '0', '1']));

  it('leaves of a tree of calls the leaves', () =>
    assert.deepEqual(deepest('1 walk:4', '2 walk:4 < walk:4', '4 walk:4 < walk:4 < walk:4'), ['0', '0', '4']));

  it('leaves calls at different depths of a function that calls itself', () =>
    assert.deepEqual(deepest('5 walk:4', '1 walk:4 < walk:4'), ['4', '1']));

  it('leaves of functions that call each other the deepest call', () =>
    assert.deepEqual(
      deepest('1 even:2', '1 odd:5 < even:2', '1 even:2 < odd:5 < even:2', '1 odd:5 < even:2 < odd:5 < even:2'),
      ['0', '0', '0', '1'],
    ));

  it('counts a stack once, also when the place is on it several times', () =>
    assert.deepEqual(deepest('3 walk:4', '1 query:5 < walk:4 < walk:4 < walk:4'), ['2', '1']));

  it('gives up what waits for several at once for all of them', () =>
    assert.deepEqual(deepest('2 loadAll:3 < serve:9', '20 load:2 < map < loadAll:3 < serve:9'), ['0', '20']));

  it('gives it up also while some of them are through', () =>
    assert.deepEqual(deepest('1 async loadAll:3', '1 query:5 < async load:2 < async Promise.all < async loadAll:3'), ['0', '1']));

  it('does not take those further below once more from what waits above', () =>
    assert.deepEqual(
      deepest('12 serve:9', '2 load:2 < serve:9', '2 query:5 < load:2 < serve:9', '2 send:7 < query:5 < load:2 < serve:9'),
      ['10', '0', '0', '2'],
    ));

  it('takes from the nearest caller that waits', () =>
    assert.deepEqual(deepest('3 serve:9', '1 query:5 < load:2 < serve:9'), ['2', '1']));

  it('takes both branches from what waits for both', () =>
    assert.deepEqual(deepest('4 both:2', '4 left:3 < both:2', '4 right:4 < both:2'), ['0', '4', '4']));

  describe('when one place is reached by several ways', () => {
    it('takes from the way that the deeper await came', () =>
      assert.deepEqual(
        deepest('5 load:2 < serve:9', '3 load:2 < poll:4', '5 query:5 < load:2 < serve:9'),
        ['0', '3', '5'],
      ));

    it('takes from all of them together where the stack does not tell', () =>
      assert.deepEqual(deepest('10 load:2 < serve:9', '2 load:2 < poll:4', '12 query:5 < async load:2'), ['0', '0', '12']));

    it('takes from what those leave that tell', () =>
      assert.deepEqual(
        deepest('7 query:6 < async load:2', '10 load:2 < serve:9', '2 load:2 < poll:4', '5 query:5 < load:2 < serve:9'),
        ['7', '0', '0', '5'],
      ));

    it('leaves as many as wait for something else, though it is not known which', () => {
      const left = deepest('9 load:2 < serve:9', '3 load:2 < poll:4', '8 query:5 < async load:2').map(Number);
      assert.deepEqual([(left[0] ?? 0) + (left[1] ?? 0), left[2]], [4, 8]);
    });
  });

  describe('of calls of then and its like', () => {
    it('gives up what waits for an await of the program', () =>
      assert.deepEqual(deepest('1 Promise.then < Promise.catch < serve:9', '1 load:2 < serve:9'), ['0', '1']));

    it('gives up each of a row of them, and the await of the last', () =>
      assert.deepEqual(
        deepest('1 Promise.then < serve:9', '1 Promise.then < Promise.catch < serve:9', '1 serve:9', '1 load:2 < serve:9'),
        ['0', '0', '0', '1'],
      ));

    it('gives up those of Promise.all with its await', () =>
      assert.deepEqual(
        deepest('2 Promise.then < Promise.all < serve:9', '1 serve:9', '1 load:2 < serve:9', '1 send:3 < serve:9'),
        ['0', '0', '1', '1'],
      ));

    it('keeps what waits for something else', () =>
      assert.deepEqual(deepest('3 Promise.then < serve:9', '1 serve:9', '1 load:2 < serve:10'), ['3', '1', '1']));

    it('does not take them for what is waited for', () =>
      assert.deepEqual(deepest('1 load:2 < serve:9', '1 Promise.then < query:5 < load:2 < serve:9'), ['1', '1']));
  });

  describe('of estimates', () => {
    it('lets as many pass through a group as wait below it', () =>
      assert.deepEqual(deepest('~640 serve:9', '~64 load:2 < serve:9', '~600 query:5 < load:2 < serve:9'), ['~0', '~0', '~600']));

    it('takes a small rest for noise', () => assert.deepEqual(deepest('~100 load:2', '~71 query:5 < load:2'), ['~0', '~71']));
    it('keeps a rest that is more than noise', () => assert.deepEqual(deepest('~100 load:2', '~60 query:5 < load:2'), ['~40', '~60']));
    it('is never negative', () => assert.deepEqual(deepest('~64 load:2', '~128 query:5 < load:2'), ['~0', '~128']));
    it('keeps the smallest rest of what is exact', () => assert.deepEqual(deepest('100 load:2', '99 query:5 < load:2'), ['1', '99']));
    it('takes a rest for an estimate when what was taken away is one', () =>
      assert.deepEqual(deepest('100 load:2', '~60 query:5 < load:2', '100 send:3', '~90 query:5 < send:3'), ['~40', '~60', '~0', '~90']));
  });

  for (const seed of [1, 2, 3]) {
    it(`finds the leaves of any tree of awaits (seed ${seed})`, () => {
      const random = new SeededRandom(seed);
      for (let round = 0; round < 200; round++) {
        const { groups, leaves } = someTree(random);
        const order = new Map(groups.map((group) => [group, random.next()]));
        const shuffled = [...groups].sort((a, b) => (order.get(a) ?? 0) - (order.get(b) ?? 0));
        const left = deepestAmounts(shuffled);
        for (const [index, { key }] of shuffled.entries()) assert.equal(left[index]?.amount, leaves.get(key) ?? 0, key);
      }
    });
  }

  it('bears many stacks', () => {
    const exact = (amount: number, ...frames: string[]) => ({ stack: stack(...frames), amount, estimated: false });
    const groups = Array.from({ length: 5000 }, (_, line) => exact(1, `load:${line}`, 'serve:9', 'main:1'));
    const all = [...groups, exact(6000, 'serve:9', 'main:1')];
    assert.deepEqual(deepestAmounts(all).map(({ amount }) => amount), [...groups.map(() => 1), 1000]);
  });
});

interface Tree {
  readonly groups: { readonly key: string; readonly stack: RawFrame[]; amount: number; readonly estimated: boolean }[];
  /** How many awaits of each stack have no other below them. */
  readonly leaves: Map<string, number>;
}

/** Requests that each await a chain of functions; where a function was resumed, its stack has lost those who only called it. */
function someTree(random: SeededRandom): Tree {
  const tree: Tree = { groups: [], leaves: new Map() };
  for (let left = random.integer(0, 30); left > 0; left--) {
    // Each depth has functions of its own, of which the first chooses the path: no place is shared by different paths.
    const path = random.integer(0, 4);
    const depth = random.integer(1, 5);
    const chain = Array.from({ length: depth }, (_, level) => `path${path}Step${level}:${level + 1}`);
    for (let length = 1; length <= depth; length++) {
      const frames = stack(...chain.slice(0, length).reverse(), 'onRequest:1', 'emit:2');
      const key = frames.map(({ functionName }) => functionName).join();
      const group = tree.groups.find((other) => other.key === key);
      if (group) group.amount++;
      else tree.groups.push({ key, stack: frames, amount: 1, estimated: false });
      if (length === depth) tree.leaves.set(key, (tree.leaves.get(key) ?? 0) + 1);
    }
  }
  return tree;
}
