import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { filePath, SourceMapper } from '../../src/host/session/sourceMapper';
import { Debugger, LONG, raw, toSource } from '../helpers/mapDebugger';
import { waitFor } from '../helpers/waitFor';

describe('SourceMapper', () => {
  it('gives a frame as it runs, then where the editor shows it', async () => {
    const debug = new Debugger();
    debug.answer = toSource;
    const mapper = new SourceMapper(debug.ask);
    assert.deepEqual(mapper.frame(raw('/out/a.js')), { functionName: 'run', file: '/out/a.js', line: 10, column: 5, origin: 'user' });
    await mapper.settle(LONG);
    assert.deepEqual(mapper.frame(raw('/out/a.js')), {
      functionName: 'run',
      file: '/src/a.ts',
      line: 110,
      column: 6,
      origin: 'user',
      generated: { file: '/out/a.js', line: 10, column: 5 },
    });
    // Lines and columns count from 1 here and from 0 there.
    assert.deepEqual(debug.asked, [{ source: { path: '/out/a.js' }, line: 9, column: 4 }]);
  });

  it('asks about a place once, whoever runs there', async () => {
    const debug = new Debugger();
    debug.answer = toSource;
    const mapper = new SourceMapper(debug.ask);
    for (let round = 0; round < 3; round++) {
      for (const name of ['f', 'g']) mapper.frame(raw('/out/a.js', 10, 5, name));
      await mapper.settle(LONG);
    }
    assert.equal(debug.asked.length, 1);
    assert.equal(mapper.frame(raw('/out/a.js', 10, 5, 'g')).functionName, 'g');
  });

  it('takes the origin from the source: a bundle holds libraries too', async () => {
    const debug = new Debugger();
    debug.answer = () => ({ source: { path: '/app/node_modules/pg/client.ts', name: 'client.ts' }, line: 0, column: 0 });
    const mapper = new SourceMapper(debug.ask);
    mapper.frame(raw('/out/a.js'));
    await mapper.settle(LONG);
    const { origin, line, column } = mapper.frame(raw('/out/a.js'));
    assert.deepEqual([origin, line, column], ['library', 1, 1]);
  });

  it('has no running place for a file that is its own source', async () => {
    const debug = new Debugger();
    debug.answer = (question) => ({ ...question, source: { ...question.source, name: 'a.js' } });
    const mapper = new SourceMapper(debug.ask);
    mapper.frame(raw('/app/a.js'));
    await mapper.settle(LONG);
    assert.deepEqual(mapper.frame(raw('/app/a.js')), { functionName: 'run', file: '/app/a.js', line: 10, column: 5, origin: 'user' });
  });

  it('asks about a file without a map once, and again after 30 s', async () => {
    let now = 1_000_000;
    const debug = new Debugger();
    const mapper = new SourceMapper({ ask: debug.ask, now: () => now });
    const ask = async (line: number) => {
      mapper.frame(raw('/app/a.js', line));
      await mapper.settle(LONG);
      return debug.asked.length;
    };
    assert.equal(await ask(1), 1);
    assert.equal(await ask(1), 1);
    assert.equal(await ask(2), 1);
    now += 29_999;
    assert.equal(await ask(1), 1);
    now += 1;
    debug.answer = toSource;
    assert.equal(await ask(1), 2);
    assert.equal(mapper.frame(raw('/app/a.js', 1)).line, 101);
  });

  it('leaves a frame where it runs when the question fails, and asks again after 30 s', async () => {
    let now = 0;
    const debug = new Debugger();
    debug.answer = () => Promise.reject(new Error('The session has ended.'));
    const mapper = new SourceMapper({ ask: debug.ask, now: () => now });
    for (const time of [0, 1000, 29_999]) {
      now = time;
      assert.equal(mapper.frame(raw('/out/a.js')).file, '/out/a.js');
      await mapper.settle(LONG);
    }
    assert.equal(debug.asked.length, 1);
    now = 30_000;
    debug.answer = toSource;
    mapper.frame(raw('/out/a.js'));
    await mapper.settle(LONG);
    assert.equal(mapper.frame(raw('/out/a.js')).file, '/src/a.ts');
  });

  it('goes on with other files when a question fails, at once or later', async () => {
    const debug = new Debugger();
    debug.answer = toSource;
    const mapper = new SourceMapper((question) => {
      if (question.source.path === '/out/gone.js') throw new Error('The session is not known.');
      return debug.ask(question);
    });
    for (const file of ['/out/gone.js', '/out/a.js', '/out/gone.js', '/out/b.js']) mapper.frame(raw(file));
    await mapper.settle(LONG);
    assert.deepEqual(['/out/gone.js', '/out/a.js', '/out/b.js'].map((file) => mapper.frame(raw(file)).file), ['/out/gone.js', '/src/a.ts', '/src/b.ts']);
  });

  const nonsense: readonly unknown[] = [undefined, null, 0, 'text', [], {}, { source: null }, { source: {} }, { source: { path: 7 }, line: 1, column: 1 }, { source: { path: '/src/a.ts' }, line: '1', column: 1 }, { source: { path: '/src/a.ts' }, line: 1 }];
  for (const answer of nonsense) {
    it(`leaves a frame where it runs for the answer ${JSON.stringify(answer)}`, async () => {
      const debug = new Debugger();
      debug.answer = () => answer;
      const mapper = new SourceMapper(debug.ask);
      mapper.frame(raw('/out/a.js'));
      await mapper.settle(LONG);
      assert.deepEqual(mapper.frame(raw('/out/a.js')), { functionName: 'run', file: '/out/a.js', line: 10, column: 5, origin: 'user' });
    });
  }

  it('has at most four questions under way, and asks all of them', async () => {
    const debug = new Debugger();
    const waiting: (() => void)[] = [];
    debug.answer = (question) => new Promise((resolve) => waiting.push(() => resolve(toSource(question))));
    const mapper = new SourceMapper(debug.ask);
    for (let line = 1; line <= 50; line++) mapper.frame(raw('/out/a.js', line));
    const settled = mapper.settle(LONG).then(() => true);
    assert.equal(debug.asked.length, 4);
    for (let answered = 0; answered < 50; answered++) (await waitFor('a question', () => waiting.shift()))();
    assert.ok(await settled);
    assert.deepEqual([debug.most, debug.asked.length], [4, 50]);
    assert.deepEqual(new Set(debug.asked.map(({ line }) => line)).size, 50);
  });

  it('does not ask about what has no source', () => {
    const debug = new Debugger();
    const mapper = new SourceMapper(debug.ask);
    const frames = [raw('node:fs'), raw('bifrost-collector.cdp'), raw(''), raw('/out/a.js', 0)];
    assert.deepEqual(frames.map((frame) => mapper.frame(frame).file), ['node:fs', 'bifrost-collector.cdp', '', '/out/a.js']);
    assert.deepEqual(debug.asked, []);
  });

  it('names what has no name', () => assert.equal(new SourceMapper(new Debugger().ask).frame(raw('', 0, 0, '')).functionName, '(anonymous)'));

  it('asks for an ES module by its path, and for an unknown column by the first', async () => {
    const debug = new Debugger();
    const mapper = new SourceMapper(debug.ask);
    assert.equal(mapper.frame(raw('file:///app/a%20b.mjs', 3, 0)).file, '/app/a b.mjs');
    await mapper.settle(LONG);
    assert.deepEqual(debug.asked, [{ source: { path: '/app/a b.mjs' }, line: 2, column: 0 }]);
  });

  describe('settle', () => {
    it('does not wait when nothing was asked', () => new SourceMapper(new Debugger().ask).settle(LONG));

    it('does not wait longer than it may', async () => {
      const debug = new Debugger();
      debug.answer = () => new Promise(() => undefined);
      const mapper = new SourceMapper(debug.ask);
      mapper.frame(raw('/out/a.js'));
      await mapper.settle(30);
      assert.equal(mapper.frame(raw('/out/a.js')).file, '/out/a.js');
    });

    it('tells all who wait', async () => {
      const debug = new Debugger();
      debug.answer = toSource;
      const mapper = new SourceMapper(debug.ask);
      mapper.frame(raw('/out/a.js'));
      await Promise.all([mapper.settle(LONG), mapper.settle(LONG)]);
      assert.equal(mapper.frame(raw('/out/a.js')).file, '/src/a.ts');
    });
  });

  it('forgets what it knows past 50,000 places, and asks again', async () => {
    const debug = new Debugger();
    debug.answer = toSource;
    const mapper = new SourceMapper(debug.ask);
    for (let line = 1; line <= 50_000; line++) mapper.frame(raw('/out/a.js', line));
    await mapper.settle(LONG);
    assert.equal(mapper.frame(raw('/out/a.js', 1)).line, 101);
    mapper.frame(raw('/out/b.js'));
    await mapper.settle(LONG);
    assert.equal(mapper.frame(raw('/out/b.js')).line, 110);
    assert.equal(mapper.frame(raw('/out/a.js', 1)).line, 1);
    await mapper.settle(LONG);
    assert.deepEqual([mapper.frame(raw('/out/a.js', 1)).line, debug.asked.length], [101, 50_002]);
  });

  it('asks no more once it is closed, and keeps what it knows', async () => {
    const debug = new Debugger();
    debug.answer = toSource;
    const mapper = new SourceMapper(debug.ask);
    mapper.frame(raw('/out/known.js'));
    await mapper.settle(LONG);
    for (let line = 1; line <= 20; line++) mapper.frame(raw('/out/a.js', line));
    const asked = debug.asked.length;
    mapper.close();
    await mapper.settle(LONG);
    mapper.frame(raw('/out/b.js'));
    assert.equal(debug.asked.length, asked);
    assert.equal(mapper.frame(raw('/out/known.js')).file, '/src/known.ts');
    assert.equal(mapper.frame(raw('/out/a.js', 20)).file, '/out/a.js');
  });
});

describe('filePath', () => {
  it('gives the path of a file URL, and all else as it is', () => {
    for (const [url, path] of [
      ['file:///app/a%20b.mjs', '/app/a b.mjs'],
      ['/app/a%20b.js', '/app/a%20b.js'],
      ['node:fs', 'node:fs'],
      ['webpack://app/a.ts', 'webpack://app/a.ts'],
      ['', ''],
      ['file:///app/a%2Fb.mjs', 'file:///app/a%2Fb.mjs'],
      ['file:///%', 'file:///%'],
    ] as const) assert.equal(filePath(url), path);
  });
});

describe('SourceMapper, of a program with many frames', () => {
  it('asks once about a file without a map, however many of its frames are read at once', async () => {
    let asked = 0;
    const mapper = new SourceMapper((location) => {
      asked++;
      return Promise.resolve(location);
    });
    for (let line = 1; line <= 1000; line++) mapper.frame({ functionName: 'f', url: '/app/a.js', line, column: 1 });
    await mapper.settle(10_000);
    // As many as may be under way before the first answer.
    assert.ok(asked <= 4, `asked ${asked} times`);
  });
  it('bounds what it keeps of files without a map', async () => {
    let asked = 0;
    const mapper = new SourceMapper({ ask: (location) => { asked++; return Promise.resolve(location); }, now: () => 0 });
    for (let file = 0; file <= 60_000; file++) {
      mapper.frame({ functionName: 'f', url: `/app/${file}.js`, line: 1, column: 1 });
      if (file % 100 === 0) await mapper.settle(10_000);
    }
    await mapper.settle(10_000);
    const before = asked;
    mapper.frame({ functionName: 'f', url: '/app/0.js', line: 1, column: 1 });
    assert.equal(asked, before + 1, 'the first file is still kept after 60,000 others');
  });
});
