import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { OriginalPlace } from '../../src/host/session/fileSourceMaps';
import { SourceMapper } from '../../src/host/session/sourceMapper';
import { Debugger, LONG, raw, toSource, type Question } from '../helpers/mapDebugger';
import { waitFor } from '../helpers/waitFor';

/** Maps of files that keep a record of what they were asked. By default they say what `toSource` says. */
class Maps {
  readonly asked: string[] = [];
  answer: (file: string, line: number, column: number) => OriginalPlace | null = (file, line, column) => ({ file: file.replace('/out/', '/src/').replace('.js', '.ts'), line: line + 100, column: column + 1 });

  original(file: string, line: number, column: number): Promise<OriginalPlace | null> {
    this.asked.push(`${file}:${line}:${column}`);
    return Promise.resolve(this.answer(file, line, column));
  }
}

describe('SourceMapper, with the maps of the files', () => {
  const place = (mapper: SourceMapper, url: string, line = 10) => {
    const { file, line: found } = mapper.frame(raw(url, line));
    return `${file}:${found}`;
  };
  const settled = async (mapper: SourceMapper, url: string, line = 10) => {
    place(mapper, url, line);
    await mapper.settle(LONG);
    return place(mapper, url, line);
  };

  it('asks them when there is no debugger, once, and keeps where the code runs', async () => {
    const maps = new Maps();
    const mapper = new SourceMapper({ maps });
    assert.equal(place(mapper, 'file:///out/a.js'), '/out/a.js:10');
    assert.equal(await settled(mapper, 'file:///out/a.js'), '/src/a.ts:110');
    assert.deepEqual(mapper.frame(raw('file:///out/a.js')), {
      functionName: 'run',
      file: '/src/a.ts',
      line: 110,
      column: 6,
      origin: 'user',
      generated: { file: '/out/a.js', line: 10, column: 5 },
    });
    maps.answer = () => null;
    for (let round = 0; round < 3; round++) assert.equal(await settled(mapper, '/out/b.js'), '/out/b.js:10');
    assert.deepEqual(maps.asked, ['/out/a.js:10:5', '/out/b.js:10:5']);
  });

  it('without either leaves frames where they run', async () => assert.equal(await settled(new SourceMapper(), '/out/a.js'), '/out/a.js:10'));

  it('keeps where the code runs also when that is the same file, compiled in memory', async () => {
    const debug = new Debugger();
    debug.answer = (question) => ({ source: { path: question.source.path, name: 'a.ts' }, line: question.line + 3, column: question.column });
    const mapper = new SourceMapper(debug.ask);
    assert.equal(await settled(mapper, '/app/a.ts'), '/app/a.ts:13');
    assert.deepEqual(mapper.frame(raw('/app/a.ts')).generated, { file: '/app/a.ts', line: 10, column: 5 });
  });

  it('asks the debugger alone while it answers', async () => {
    const debug = new Debugger();
    debug.answer = toSource;
    const maps = new Maps();
    const mapper = new SourceMapper({ ask: debug.ask, maps });
    for (let line = 1; line <= 100; line++) place(mapper, '/out/a.js', line);
    assert.equal(await settled(mapper, '/out/a.js'), '/src/a.ts:110');
    assert.deepEqual([debug.asked.length, maps.asked.length], [100, 0]);
  });

  it('asks them once the session is closed, also what the debugger had not answered, and keeps what it had', async () => {
    const debug = new Debugger();
    debug.answer = (question) => (question.line === 0 ? { ...(toSource(question) as object), line: 998 } : new Promise(() => undefined));
    const maps = new Maps();
    const mapper = new SourceMapper({ ask: debug.ask, maps });
    assert.equal(await settled(mapper, '/out/a.js', 1), '/src/a.ts:999');
    for (let line = 2; line <= 20; line++) place(mapper, '/out/a.js', line);
    assert.equal(debug.asked.length, 5);
    const waiting = mapper.settle(LONG).then(() => true);
    mapper.close();
    assert.ok(await waiting);
    assert.equal(place(mapper, '/out/a.js', 2), '/src/a.ts:102');
    assert.equal(place(mapper, '/out/a.js', 20), '/src/a.ts:120');
    assert.equal(place(mapper, '/out/a.js', 1), '/src/a.ts:999');
    assert.equal(await settled(mapper, '/out/b.js'), '/src/b.ts:110');
    assert.equal(debug.asked.length, 5);
    assert.equal(maps.asked.length, 20);
  });

  it('takes what the debugger answers after the end rather than their answer', async () => {
    const debug = new Debugger();
    let tell: (() => void) | undefined;
    debug.answer = (question) => new Promise((resolve) => (tell = () => resolve({ ...(toSource(question) as object), line: 998 })));
    const mapper = new SourceMapper({ ask: debug.ask, maps: new Maps() });
    place(mapper, '/out/a.js');
    mapper.close();
    assert.equal(await settled(mapper, '/out/a.js'), '/src/a.ts:110');
    tell?.();
    await waitFor('the answer', () => place(mapper, '/out/a.js') === '/src/a.ts:999' || undefined);
  });

  for (const [what, answer] of [['does not know the script', (question: Question): unknown => question], ['fails', () => Promise.reject(new Error('No such request.'))]] as const) {
    it(`asks them when the debugger ${what}, and the debugger again after 30 s`, async () => {
      let now = 0;
      const debug = new Debugger();
      debug.answer = answer;
      const maps = new Maps();
      const mapper = new SourceMapper({ ask: debug.ask, maps, now: () => now });
      for (const line of [10, 11, 10]) assert.equal(await settled(mapper, '/out/a.js', line), `/src/a.ts:${line + 100}`);
      now = 29_999;
      assert.equal(await settled(mapper, '/out/a.js', 12), '/src/a.ts:112');
      assert.deepEqual([debug.asked.length, maps.asked.length], [1, 3]);
      now = 30_000;
      debug.answer = (question) => ({ ...(toSource(question) as object), line: question.line + 500 });
      assert.equal(await settled(mapper, '/out/a.js', 10), '/src/a.ts:510');
      for (let round = 0; round < 3; round++) await settled(mapper, '/out/a.js', 10);
      assert.deepEqual([debug.asked.length, maps.asked.length], [2, 3]);
    });
  }

  it('leaves a file as it is, after the end too, that the debugger showed so: it may ignore its map', async () => {
    const debug = new Debugger();
    debug.answer = (question) => ({ ...question, source: { ...question.source, name: 'a.js' } });
    const maps = new Maps();
    const mapper = new SourceMapper({ ask: debug.ask, maps });
    assert.equal(await settled(mapper, '/out/a.js', 1), '/out/a.js:1');
    mapper.close();
    assert.equal(await settled(mapper, '/out/a.js', 2), '/out/a.js:2');
    assert.equal(await settled(mapper, '/out/b.js', 2), '/src/b.ts:102');
  });

  describe('and thousands of frames of one bundle', () => {
    const ALL = 10_000;
    const readAll = async (mapper: SourceMapper) => {
      for (let line = 1; line <= ALL; line++) place(mapper, '/out/a.js', line);
      place(mapper, '/out/b.js');
      await mapper.settle(LONG);
    };

    it('asks the debugger for some, and where three answers are theirs too, them for the rest', async () => {
      const debug = new Debugger();
      debug.answer = toSource;
      const maps = new Maps();
      const mapper = new SourceMapper({ ask: debug.ask, maps });
      await readAll(mapper);
      for (const line of [1, 2, 3, 4, 5, 6, 7, 8, 9, 5000, ALL]) assert.equal(place(mapper, '/out/a.js', line), `/src/a.ts:${line + 100}`);
      assert.equal(place(mapper, '/out/b.js'), '/src/b.ts:110');
      assert.ok(debug.asked.length < 12, `The debugger was asked ${debug.asked.length} times.`);
      assert.ok(maps.asked.every((question) => question.startsWith('/out/a.js')));
      // They are answers like the debugger's: nobody is asked again.
      const asked = [debug.asked.length, maps.asked.length];
      await readAll(mapper);
      assert.deepEqual([debug.asked.length, maps.asked.length], asked);
      // What follows one by one is for the debugger.
      await settled(mapper, '/out/a.js', ALL + 1);
      assert.equal(debug.asked.length, (asked[0] ?? 0) + 1);
    });

    const others: Record<string, Maps['answer']> = {
      'have another line': (file, line, column) => ({ file: file.replace('/out/', '/src/').replace('.js', '.ts'), line: line + (line === 3 ? 101 : 100), column: column + 1 }),
      'have another column': (file, line, column) => ({ file: file.replace('/out/', '/src/').replace('.js', '.ts'), line: line + 100, column }),
      'have another file': (_file, line, column) => ({ file: '/src/b.ts', line: line + 100, column: column + 1 }),
      'know nothing': () => null,
    };
    for (const [what, answer] of Object.entries(others)) {
      it(`asks the debugger for all where they ${what}`, async () => {
        const debug = new Debugger();
        debug.answer = toSource;
        const maps = new Maps();
        maps.answer = answer;
        const mapper = new SourceMapper({ ask: debug.ask, maps });
        await readAll(mapper);
        assert.equal(debug.asked.length, ALL + 1);
        assert.ok(maps.asked.length < 8, `They were asked ${maps.asked.length} times.`);
        assert.equal(place(mapper, '/out/a.js', ALL), `/src/a.ts:${ALL + 100}`);
      });
    }

    it('leaves to the debugger a file that it shows as it is', async () => {
      const debug = new Debugger();
      debug.answer = (question) => ({ ...question, source: { ...question.source, name: 'a.js' } });
      const maps = new Maps();
      const mapper = new SourceMapper({ ask: debug.ask, maps });
      await readAll(mapper);
      assert.deepEqual([debug.asked.length, maps.asked.length], [ALL + 1, 0]);
    });
  });
});
