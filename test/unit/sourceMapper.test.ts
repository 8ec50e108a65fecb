import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { OriginalPlace } from '../../src/host/session/fileSourceMaps';
import { filePath, SourceMapper, type AskDebugger } from '../../src/host/session/sourceMapper';
import type { RawFrame } from '../../src/protocol/frames';
import { waitFor } from '../helpers/waitFor';

type Question = Parameters<AskDebugger>[0];

const LONG = 5_000;

function raw(url: string, line = 10, column = 5, functionName = 'run'): RawFrame {
  return { functionName, url, line, column };
}

/** A debugger that keeps a record of its questions, and answers by `answer`, or echoes, as js-debug does for what has no map. */
class Debugger {
  readonly asked: Question[] = [];
  most = 0;
  answer: (question: Question) => unknown = (question) => question;
  #underWay = 0;

  readonly ask: AskDebugger = async (question) => {
    this.asked.push(question);
    this.#underWay++;
    this.most = Math.max(this.most, this.#underWay);
    try {
      return await this.answer(question);
    } finally {
      this.#underWay--;
    }
  };
}

/** A map from `/out/NAME.js` to `/src/NAME.ts`, 100 lines up. */
function toSource({ source, line, column }: Question): unknown {
  return { source: { path: source.path.replace('/out/', '/src/').replace('.js', '.ts'), name: 'a.ts' }, line: line + 100, column: column + 1 };
}

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
