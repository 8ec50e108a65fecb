import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { LocatedSources } from '../../src/host/session/locatedSources';

const KEY = 'bifrost.locatedSources';

const SILENT = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };

/** VS Code's memory of a workspace. */
function memory(remembered?: unknown) {
  const values = new Map<string, unknown>([[KEY, remembered]]);
  const memento = {
    get: (key: string) => values.get(key) as never,
    update: (key: string, value: unknown) => {
      values.set(key, value);
      return Promise.resolve();
    },
  };
  return { values, make: () => new LocatedSources(memento, SILENT) };
}

describe('LocatedSources', () => {
  it('leaves a path that nobody has located', () => assert.equal(memory().make().find('/app/src/a.ts'), '/app/src/a.ts'));

  it('finds the other files of a folder by one that was located', () => {
    const sources = memory().make();
    sources.remember('/app/src/orders.ts', '/home/me/shop/src/orders.ts');
    assert.equal(sources.find('/app/src/orders.ts'), '/home/me/shop/src/orders.ts');
    assert.equal(sources.find('/app/lib/deep/other.ts'), '/home/me/shop/lib/deep/other.ts');
    assert.equal(sources.find('/other/src/orders.ts'), '/other/src/orders.ts');
    assert.equal(sources.find('/apple/src/orders.ts'), '/apple/src/orders.ts');
  });

  it('takes a file of another name for that file alone', () => {
    const sources = memory().make();
    sources.remember('/app/out.js', '/home/me/built.js');
    assert.equal(sources.find('/app/out.js'), '/home/me/built.js');
    assert.equal(sources.find('/app/other.js'), '/app/other.js');
  });

  it('maps a path of Windows to one of another system', () => {
    const sources = memory().make();
    sources.remember('C:\\build\\src\\a.ts', '/home/me/src/a.ts');
    assert.equal(sources.find('C:\\build\\src\\a.ts'), '/home/me/src/a.ts');
  });

  it('goes by the folder that was shown last for a path, and by the longest', () => {
    const sources = memory().make();
    sources.remember('/app/a.ts', '/one/a.ts');
    sources.remember('/app/a.ts', '/two/a.ts');
    sources.remember('/app/deep/only.ts', '/three/only.ts');
    assert.equal(sources.find('/app/a.ts'), '/two/a.ts');
    assert.equal(sources.find('/app/deep/other.ts'), '/three/other.ts');
  });

  it('remembers over a restart', () => {
    const { make } = memory();
    make().remember('/app/a.ts', '/one/a.ts');
    assert.equal(make().find('/app/b.ts'), '/one/b.ts');
  });

  for (const nonsense of [null, 7, 'text', {}, [1, null, { from: 1, to: 'x' }, { from: '/a' }]]) {
    it(`forgets what is no memory: ${JSON.stringify(nonsense)}`, () => assert.equal(memory(nonsense).make().find('/a/b.ts'), '/a/b.ts'));
  }

  it('remembers fifty folders, the newest', () => {
    const { make, values } = memory();
    const sources = make();
    for (let index = 0; index < 60; index++) sources.remember(`/app${index}/a.ts`, `/home${index}/a.ts`);
    assert.equal((values.get(KEY) as unknown[]).length, 50);
    assert.equal(sources.find('/app59/b.ts'), '/home59/b.ts');
    assert.equal(sources.find('/app0/b.ts'), '/app0/b.ts');
  });
});
