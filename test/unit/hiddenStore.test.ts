import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { HiddenStore } from '../../src/host/session/hiddenStore';
import { MAX_HIDDEN, NOTHING_HIDDEN } from '../../src/model/hidden';

const group = { id: 'g', name: 'Timer, opened by poll' };

/** A workspace's memory, and what was logged. */
class FakeMemory {
  readonly logged: string[] = [];
  readonly log = { debug: () => undefined, info: () => undefined, warn: (line: string) => void this.logged.push(line), error: () => undefined };
  value: unknown;
  failure: Error | undefined;

  constructor(value?: unknown) {
    this.value = value;
  }

  get(): never {
    return this.value as never;
  }

  update(_key: string, value: unknown): Promise<void> {
    if (this.failure) return Promise.reject(this.failure);
    this.value = JSON.parse(JSON.stringify(value));
    return Promise.resolve();
  }
}

function storeOf(memory: FakeMemory): HiddenStore {
  return new HiddenStore(memory, memory.log);
}

describe('HiddenStore', () => {
  it('hides nothing at first', () => assert.deepEqual(storeOf(new FakeMemory()).hidden, NOTHING_HIDDEN));

  it('remembers what was hidden', () => {
    const memory = new FakeMemory();
    const store = storeOf(memory);
    store.hideFile('/app/poll.ts');
    store.hideFile('/app/pool.ts');
    store.hideGroup(group);
    store.unhideFile('/app/pool.ts');
    assert.deepEqual(storeOf(memory).hidden, { files: ['/app/poll.ts'], groups: [group] });
    store.unhideGroup('g');
    assert.deepEqual(storeOf(memory).hidden, { files: ['/app/poll.ts'], groups: [] });
    store.unhideAll();
    assert.deepEqual(storeOf(memory).hidden, NOTHING_HIDDEN);
  });

  it('tells of changes, and of nothing else', () => {
    const store = storeOf(new FakeMemory());
    const heard: unknown[] = [];
    store.events.on('change', (hidden) => heard.push(hidden));
    store.unhideAll();
    store.hideGroup(group);
    store.hideGroup(group);
    store.unhideFile('/nowhere.ts');
    assert.deepEqual(heard, [{ files: [], groups: [group] }]);
    assert.equal(heard[0], store.hidden);
  });

  for (const nonsense of [null, 7, 'files', [], {}, { files: null, groups: {} }, { files: [1, null, {}], groups: ['g', { id: 'g' }, { id: 1, name: 2 }] }]) {
    it(`forgets ${JSON.stringify(nonsense)}`, () => assert.deepEqual(storeOf(new FakeMemory(nonsense)).hidden, NOTHING_HIDDEN));
  }

  it('keeps what is right among what is not', () => {
    const memory = new FakeMemory({ files: ['/a.ts', 5, 'x'.repeat(10_001)], groups: [null, group, { ...group, name: undefined }] });
    assert.deepEqual(storeOf(memory).hidden, { files: ['/a.ts'], groups: [group] });
  });

  it('keeps no more than the bound, the newest', () => {
    const { hidden } = storeOf(new FakeMemory({ files: Array.from({ length: 2000 }, (_, index) => `/${index}.ts`), groups: [] }));
    assert.deepEqual([hidden.files.length, hidden.files.at(-1)], [MAX_HIDDEN, '/1999.ts']);
  });

  it('hides also when it cannot be remembered, and says so in the log', async () => {
    const memory = new FakeMemory();
    memory.failure = new Error('The disk is full.');
    const store = storeOf(memory);
    store.hideFile('/a.ts');
    await new Promise(setImmediate);
    assert.deepEqual([store.hidden.files, memory.logged], [['/a.ts'], ['What is hidden could not be remembered: The disk is full.']]);
  });
});
