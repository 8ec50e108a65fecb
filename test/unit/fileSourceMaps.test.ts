import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { appendFileSync, mkdirSync, mkdtempSync, realpathSync, rmSync, truncateSync, utimesSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { after, before, describe, it } from 'mocha';
import { FileSourceMaps } from '../../src/host/session/fileSourceMaps';
import { write } from '../helpers/writeFile';

let temp: string;
before(() => {
  temp = realpathSync(mkdtempSync(path.join(os.tmpdir(), 'bifrost-maps-')));
});
after(() => rmSync(temp, { recursive: true, force: true }));

let folders = 0;

/** A script with a map written by hand. Line 1 is of the first source, line 2 of the second, and so on; column 1 of each only. */
function mapped(folder: string, sources: readonly (string | null)[], more: Record<string, unknown> = {}): string {
  const mappings = sources.map((_, index) => (index === 0 ? 'AAAA' : 'ACCA')).join(';');
  const script = write(path.join(folder, 'out', 'main.js'), `${'run();\n'.repeat(sources.length)}//# sourceMappingURL=main.js.map\n`);
  write(`${script}.map`, JSON.stringify({ version: 3, names: [], sources, mappings, ...more }));
  return script;
}

/** The files of the sources of such a script. */
async function filesOf(script: string, count: number, maps = new FileSourceMaps()): Promise<(string | undefined)[]> {
  const found: (string | undefined)[] = [];
  for (let line = 1; line <= count; line++) {
    const place = await maps.original(script, line, 1);
    if (place) assert.deepEqual([place.line, place.column], [line, 1]);
    found.push(place?.file);
  }
  return found;
}

describe('FileSourceMaps, names in maps', () => {
  const table: readonly (readonly [name: string, file: string | undefined, more?: Record<string, unknown>])[] = [
    ['../src/a.ts', '$/src/a.ts'],
    ['./a.ts', '$/out/a.ts'],
    ['a b%20c.ts', '$/out/a b%20c.ts'],
    ['/abs/a.ts', '/abs/a.ts'],
    ['file:///abs/a%20b.ts', '/abs/a b.ts'],
    ['a.ts', '$/src/a.ts', { sourceRoot: '../src' }],
    ['a.ts', '$/src/a.ts', { sourceRoot: '../src/' }],
    ['a.ts', '/abs/src/a.ts', { sourceRoot: 'file:///abs/src' }],
    // Not there: a web server's, or another machine's.
    ['a.ts', '$/a.ts', { sourceRoot: '/gone/on/another/machine' }],
    ['webpack://shop/./src/a.ts', '$/src/a.ts'],
    ['webpack://shop/src/a.ts', '$/src/a.ts'],
    ['webpack://@our/shop/./src/a.ts', '$/src/a.ts'],
    ['webpack:///./src/a.ts', '$/src/a.ts'],
    ['webpack:///./src/a.ts?ab12', '$/src/a.ts'],
    ['webpack:///./~/pg/client.js', '$/node_modules/pg/client.js'],
    ['webpack:////abs/a.ts', '/abs/a.ts'],
    ['webpack:///C:/app/a.ts', 'c:\\app\\a.ts'],
    ['webpack-internal:///./src/a.ts', '$/src/a.ts'],
    ['webpack-internal:///(rsc)/./src/a.ts', '$/src/a.ts'],
    ['./src/a.ts', '$/src/a.ts', { sourceRoot: 'webpack://shop/' }],
    ['turbopack:///[project]/src/a.ts', '$/src/a.ts'],
    ['meteor://💻app/server/a.js', '$/server/a.js'],
    ['C:\\app\\src\\a.ts', 'c:\\app\\src\\a.ts'],
    ['C:/app/src/../a.ts', 'c:\\app\\a.ts'],
    ['file:///C:/app/a%20b.ts', 'c:\\app\\a b.ts'],
    ['file:///c%3A/app/a.ts', 'c:\\app\\a.ts'],
    ['a.ts', 'd:\\app\\src\\a.ts', { sourceRoot: 'D:\\app\\src' }],
    ['..\\a.ts', 'd:\\app\\a.ts', { sourceRoot: 'file:///D:/app/src' }],
    ['..\\src\\a.ts', '$/src/a.ts'],
    ['\0virtual:env', undefined],
    ['https://example.com/a.ts', undefined],
    ['a.ts', undefined, { sourceRoot: 'https://example.com/src' }],
    ['file://server/share/a.ts', undefined],
    ['file:///%', undefined],
    ['__proto__', '$/out/__proto__'],
    ['constructor', '$/out/constructor'],
  ];
  for (const [name, file, more] of table) {
    it(`${JSON.stringify(name)}${more ? ` from ${JSON.stringify(more.sourceRoot)}` : ''} is ${file ?? 'no file'}`, async function () {
      if (process.platform === 'win32') this.skip();
      const folder = path.join(temp, `names${++folders}`);
      write(path.join(folder, 'package.json'), '{}');
      const script = mapped(folder, [name], more);
      assert.deepEqual(await filesOf(script, 1, new FileSourceMaps({ workspaceFolders: () => [folder] })), [file?.replace('$', folder)]);
    });
  }

  it('tells sources apart whose files are the same, and knows no name for null', async () => {
    const folder = path.join(temp, `names${++folders}`);
    const script = mapped(folder, ['../a.ts', null, './../a.ts', '']);
    const a = path.join(folder, 'a.ts');
    assert.deepEqual((await filesOf(script, 3)).slice(0, 3), [a, undefined, a]);
  });

  it('of a package in a monorepo: below the package when it is not below the workspace folder', async () => {
    const folder = path.join(temp, `names${++folders}`);
    const inPackage = path.join(folder, 'packages', 'shop');
    write(path.join(inPackage, 'package.json'), '{}');
    const there = write(path.join(inPackage, 'src', 'a.ts'), '');
    const script = mapped(inPackage, ['webpack://shop/./src/a.ts', 'webpack://shop/./src/gone.ts']);
    assert.deepEqual(await filesOf(script, 2, new FileSourceMaps({ workspaceFolders: () => [folder] })), [there, path.join(folder, 'src', 'gone.ts')]);
    // Without a workspace, as for a saved profile.
    assert.deepEqual(await filesOf(script, 2), [there, path.join(inPackage, 'src', 'gone.ts')]);
  });
});

describe('FileSourceMaps', () => {
  const MAP = { version: 3, names: [], sources: ['../src/a.ts'], mappings: 'AAAA;AACA,IAAI' };
  const script = (comment: string, folder = path.join(temp, `scripts${++folders}`)) => write(path.join(folder, 'out', 'main.js'), `run();\n  run();\n${comment}`);
  const originalFile = (file: string) => path.join(path.dirname(path.dirname(file)), 'src', 'a.ts');
  const inline = (map: unknown, encoding = 'base64') => `data:application/json;${encoding},${Buffer.from(JSON.stringify(map)).toString('base64')}`;

  it('counts lines and columns from 1, takes the mapping before a place, or else the next', async () => {
    const file = script(`//# sourceMappingURL=${inline({ ...MAP, mappings: 'AAAA;IACA,IAAI' })}`);
    const maps = new FileSourceMaps();
    const places = await Promise.all(([[1, 1], [1, 0], [1, 99], [2, 1], [2, 5], [2, 9], [2, 80], [3, 1], [0, 0], [1.5, 1], [NaN, 1], [-1, -1], [1e300, 1]] as const).map(async ([line, column]) => {
      const found = await maps.original(file, line, column);
      return found && [found.line, found.column];
    }));
    assert.deepEqual(places, [[1, 1], [1, 1], [1, 1], [2, 1], [2, 1], [2, 5], [2, 5], null, null, null, null, null, null]);
  });

  const comments: Record<string, string> = {
    'the comment of today': `//# sourceMappingURL=${inline(MAP)}`,
    'the comment of yesterday': `//@ sourceMappingURL=${inline(MAP)}`,
    'a block comment': `/*# sourceMappingURL=${inline(MAP)} */`,
    'a tab, and blanks after it': `//#\tsourceMappingURL=${inline(MAP)}  \r\n`,
    'a character set': `//# sourceMappingURL=${inline(MAP, 'charset=utf-8;base64')}`,
    'percent encoding': `//# sourceMappingURL=data:application/json,${encodeURIComponent(JSON.stringify(MAP))}`,
    'code after it': `//# sourceMappingURL=${inline(MAP)}\n${'// more\n'.repeat(20_000)}`,
    'another comment before it': `//# sourceMappingURL=other.js.map\n//# sourceMappingURL=${inline(MAP)}`,
    'texts that look like it': `//# sourceMappingURL=${inline(MAP)}\nlog("//# sourceMappingURL=" + name); log(\`//# sourceMappingURL=\${name}\`); // sourceMappingURL=x.map\n`,
    'a name that is too far back for the end of the script': `//# sourceMappingURL=${inline({ ...MAP, more: 'x'.repeat(200_000) })}`,
    'a guard against being run': `//# sourceMappingURL=data:application/json;base64,${Buffer.from(`)]}'\n${JSON.stringify(MAP)}`).toString('base64')}`,
  };
  for (const [what, comment] of Object.entries(comments)) {
    it(`finds the map in the script: ${what}`, async () => {
      const file = script(comment);
      assert.deepEqual(await new FileSourceMaps().original(file, 2, 5), { file: originalFile(file), line: 2, column: 5 });
      assert.deepEqual(await new FileSourceMaps().original(pathToFileURL(file).href, 2, 5), { file: originalFile(file), line: 2, column: 5 });
    });
  }

  it('finds the map elsewhere: by a path, a file URL, escaped or not, and beside the script when the name leads nowhere', async () => {
    const elsewhere = write(path.join(temp, 'maps', 'a b.map'), JSON.stringify(MAP));
    for (const url of [elsewhere.replace(' ', '%20'), pathToFileURL(elsewhere).href, elsewhere]) {
      const file = script(`//# sourceMappingURL=${url}`);
      // A blank ends a comment's name, as in V8.
      assert.equal((await new FileSourceMaps().original(file, 1, 1))?.file, url.includes(' ') ? undefined : originalFile(file), url);
    }
    for (const url of ['gone.js.map', 'https://example.com/main.js.map', 'http://127.0.0.1:1/main.js.map', '//server/share/x.map', '\\\\server\\share\\x.map', 'file://server/x.map', 'C:\\gone\\x.map', '%', 'data:nothing']) {
      const file = script(`//# sourceMappingURL=${url}`);
      assert.equal(await new FileSourceMaps().original(file, 1, 1), null, url);
      write(`${file}.map`, JSON.stringify(MAP));
      assert.equal((await new FileSourceMaps().original(file, 1, 1))?.file, url.startsWith('data:') ? undefined : originalFile(file), url);
    }
  });

  it('leaves libraries as they are, as js-debug does, unless their map is elsewhere', async () => {
    const library = path.join(temp, 'libraries', 'node_modules', 'lib');
    for (const comment of ['', '//# sourceMappingURL=main.js.map', `//# sourceMappingURL=${inline(MAP)}`]) {
      const file = script(comment, library);
      write(`${file}.map`, JSON.stringify(MAP));
      assert.equal(await new FileSourceMaps().original(file, 1, 1), null, comment);
    }
    const elsewhere = write(path.join(temp, 'libraries', 'maps', 'lib.map'), JSON.stringify(MAP));
    assert.equal((await new FileSourceMaps().original(script(`//# sourceMappingURL=${elsewhere}`, library), 1, 1))?.file, path.join(library, 'src', 'a.ts'));
  });

  it('reads a map with sections', async () => {
    const sections = [
      { offset: { line: 0, column: 0 }, map: { ...MAP, mappings: 'AAAA' } },
      { offset: { line: 1, column: 2 }, map: { version: 3, names: [], sourceRoot: '../src', sources: ['b.ts'], mappings: 'AAUA' } },
    ];
    const file = script(`//# sourceMappingURL=${inline({ version: 3, sections })}`);
    const maps = new FileSourceMaps();
    assert.deepEqual(await maps.original(file, 1, 1), { file: originalFile(file), line: 1, column: 1 });
    assert.deepEqual(await maps.original(file, 2, 3), { file: path.join(path.dirname(originalFile(file)), 'b.ts'), line: 11, column: 1 });
    const nested = script(`//# sourceMappingURL=${inline({ version: 3, sections: [{ offset: { line: 1, column: 0 }, map: { version: 3, sections: [{ offset: { line: 0, column: 2 }, map: MAP }] } }] })}`);
    assert.deepEqual(await maps.original(nested, 2, 3), { file: originalFile(nested), line: 1, column: 1 });
  });

  it('notices after a second that the script or its map was made anew, came or went', async () => {
    let now = 0;
    const maps = new FileSourceMaps({ now: () => now });
    const file = script('//# sourceMappingURL=main.js.map');
    const original = async () => (await maps.original(file, 1, 1))?.line;
    assert.equal(await original(), undefined);
    write(`${file}.map`, JSON.stringify(MAP));
    now += 999;
    assert.equal(await original(), undefined);
    now += 1;
    assert.deepEqual(await Promise.all([original(), original(), original()]), [1, 1, 1]);
    write(`${file}.map`, JSON.stringify({ ...MAP, mappings: 'AAUA' }));
    utimesSync(`${file}.map`, 1, 1);
    now += 1000;
    assert.equal(await original(), 11);
    appendFileSync(file, `\n//# sourceMappingURL=${inline({ ...MAP, mappings: 'AAeA' })}`);
    now += 1000;
    assert.equal(await original(), 16);
    rmSync(file);
    now += 1000;
    assert.equal(await original(), undefined);
  });

  it('remembers the maps used last: 32 million characters of them, and the last whatever its size', async () => {
    let now = 0;
    const maps = new FileSourceMaps({ now: () => now });
    const large = JSON.stringify({ ...MAP, sources: [...MAP.sources, 'x'.repeat(12_000_000)] });
    const files = ['1', '2', '3'].map((name) => {
      const file = write(path.join(temp, 'large', name, 'out', 'main.js'), 'run();');
      write(`${file}.map`, large);
      return file;
    });
    for (const file of files) assert.equal((await maps.original(file, 1, 1))?.line, 1);
    for (const file of files) rmSync(`${file}.map`);
    // Within the second, what is kept is not looked for; what is forgotten is, and is not there.
    const kept = [];
    for (const file of files) kept.push((await maps.original(file, 1, 1))?.line);
    assert.deepEqual(kept, [undefined, 1, 1]);
    now += 1000;
    assert.equal(await maps.original(files[2] ?? '', 1, 1), null);
  });

  describe('given what may do harm', () => {
    const harmless = async (file: string, line = 1) => assert.equal(await new FileSourceMaps().original(file, line, 1), null);

    const garbage: Record<string, string> = {
      'nothing': '',
      'no JSON': '{"version":3,',
      'a text': '"map"',
      'null': 'null',
      'a list': '[]',
      'no mappings': JSON.stringify({ version: 3, sources: ['a.ts'] }),
      'mappings that are a list': JSON.stringify({ ...MAP, mappings: [[[0, 0, 0, 0]]] }),
      'mappings that are no VLQ': JSON.stringify({ ...MAP, mappings: '\u0000\uffff!!!!💥' }),
      'mappings without end': JSON.stringify({ ...MAP, mappings: 'ggggggggggggggggggggg' }),
      'a source that is not in the list': JSON.stringify({ ...MAP, mappings: 'AZAA' }),
      'a source before the list': JSON.stringify({ ...MAP, mappings: 'ADAA' }),
      'a line before the first': JSON.stringify({ ...MAP, mappings: 'AADA' }),
      'sources that are none': JSON.stringify({ ...MAP, sources: [7] }),
      'sources that are an object': JSON.stringify({ ...MAP, sources: { length: 1e9 } }),
      'sections that are none': JSON.stringify({ version: 3, sections: [1] }),
      'a section that names the map itself': JSON.stringify({ version: 3, sections: [{ offset: { line: 0, column: 0 }, url: 'main.js.map' }] }),
      'a section a billion lines down': JSON.stringify({ version: 3, sections: [{ offset: { line: 1e9, column: 0 }, map: MAP }] }),
      'a section above the first line': JSON.stringify({ version: 3, sections: [{ offset: { line: -1, column: 0 }, map: MAP }] }),
      'sections in sections': '{"version":3,"sections":[{"offset":{"line":0,"column":0},"map":'.repeat(10_000) + JSON.stringify(MAP) + '}]}'.repeat(10_000),
      'lists in lists': '['.repeat(1_000_000),
      'properties of all objects': '{"__proto__":{"version":3,"sources":["a.ts"],"mappings":"AAAA"},"constructor":{"prototype":{}}}',
      'too many segments': JSON.stringify({ ...MAP, mappings: ','.repeat(6_000_001) }),
    };
    for (const [what, text] of Object.entries(garbage)) {
      it(`a map of ${what}`, async () => {
        const file = script('//# sourceMappingURL=main.js.map');
        write(`${file}.map`, text);
        await harmless(file);
        await harmless(script(`//# sourceMappingURL=data:application/json;base64,${Buffer.from(text).toString('base64')}`));
      });
    }

    it('a source whose text leads to itself', async () => {
      const comment = '//# sourceMappingURL=main.js.map';
      const file = script(comment);
      write(`${file}.map`, JSON.stringify({ ...MAP, sources: ['main.js'], sourcesContent: [comment] }));
      assert.equal((await new FileSourceMaps().original(file, 1, 1))?.file, file);
    });

    it('names that are no regular files', async function () {
      if (process.platform === 'win32') this.skip();
      const folder = path.join(temp, `names${++folders}`);
      mkdirSync(folder, { recursive: true });
      const pipe = path.join(folder, 'pipe.js');
      execFileSync('mkfifo', [pipe]);
      for (const file of [pipe, folder, temp, '/dev/zero', '/dev/tty', '/dev/stdin', '/proc/self/mem', path.join(folder, 'gone.js'), 'out/main.js', '', 'node:fs', 'native', '[eval]', 'webpack-internal:///./src/a.ts', 'file://server/share/a.js', 'file:///%', 'file:///a%2fb.js', '\\\\server\\share\\a.js', '\\\\.\\pipe\\a', 'C:\\a.js', '/a\0b.js', 'data:text/javascript,run()', 'https://example.com/a.js']) await harmless(file);
      for (const map of [pipe, folder, '/dev/zero']) await harmless(script(`//# sourceMappingURL=${map}`));
      execFileSync('mkfifo', [path.join(folder, 'beside.js.map')]);
      await harmless(write(path.join(folder, 'beside.js'), 'run();'));
    });

    it('a script and a map of gigabytes', async () => {
      const file = script('');
      truncateSync(file, 8 * 1024 ** 3);
      await harmless(file);
      const other = script('//# sourceMappingURL=main.js.map');
      write(`${other}.map`, '');
      truncateSync(`${other}.map`, 8 * 1024 ** 3);
      await harmless(other);
      rmSync(file);
      rmSync(`${other}.map`);
    });

    it('one line of nearly comments', async () => {
      await harmless(script('//# sourceMappingURL=" '.repeat(2_000_000)));
      await harmless(script('//# sourceMappingURL=x y\n'.repeat(200_000)));
      await harmless(script('/*# sourceMappingURL='.repeat(500_000)));
    });
  });
});
