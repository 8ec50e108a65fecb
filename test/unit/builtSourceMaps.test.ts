import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { after, before, describe, it } from 'mocha';
import type * as Esbuild from 'esbuild';
import type * as TypeScript from 'typescript';
import { FileSourceMaps } from '../../src/host/session/fileSourceMaps';
import { write } from '../helpers/writeFile';

// Not bundled into this file: they look for what lies beside them.
const require = createRequire(path.resolve('package.json'));
const esbuild = require('esbuild') as typeof Esbuild;
const ts = require('typescript') as typeof TypeScript;

const FIXTURE = path.resolve('test', 'fixtures', 'sourceMaps', 'src');

interface Position {
  readonly functionName: string;
  readonly url: string;
  readonly line: number;
  readonly column: number;
}

interface Told {
  readonly calls: readonly Position[];
  readonly begun: readonly Position[];
}

/** The line, counted from 1, of the fixture's service that ends with a mark. */
function lineOf(mark: string): number {
  return readFileSync(path.join(FIXTURE, 'service.ts'), 'utf8').split('\n').findIndex((line) => line.endsWith(`// ${mark}`)) + 1;
}

let temp: string;
before(() => {
  temp = realpathSync(mkdtempSync(path.join(os.tmpdir(), 'bifrost-maps-')));
});
after(() => rmSync(temp, { recursive: true, force: true }));

let folders = 0;
/** A new project with the fixture's sources in `src`. */
function project(): string {
  const folder = path.join(temp, `project${++folders}`);
  for (const name of ['service.ts', 'positions.ts']) write(path.join(folder, 'src', name), readFileSync(path.join(FIXTURE, name), 'utf8'));
  return folder;
}

/** Runs a compiled service, and checks that everything V8 says of it is found in the source. */
async function checkRun(script: string, source: string, maps = new FileSourceMaps()): Promise<void> {
  const { stdout } = await promisify(execFile)(process.execPath, [script], { env: { ...process.env, NODE_OPTIONS: '' } });
  const { calls, begun } = JSON.parse(stdout) as Told;
  const place = async (position: Position | undefined) => {
    if (position === undefined) return undefined;
    const { url, line, column } = position;
    const found = await maps.original(url, line, column);
    return found && `${found.file}:${found.line}`;
  };
  assert.equal(await place(calls[0]), `${source}:${lineOf('calls: record')}`);
  assert.equal(await place(calls[1]), `${source}:${lineOf('calls: handle')}`);
  const begins = await Promise.all(begun.filter(({ url }) => url.includes(path.basename(script))).map(place));
  assert.ok(begins.includes(`${source}:${lineOf('begins: record')}`), `The heap sampler's functions are at ${begins.join(', ')}`);
}

function bundle(folder: string, options: Esbuild.BuildOptions): void {
  esbuild.buildSync({
    absWorkingDir: folder,
    entryPoints: ['src/service.ts'],
    bundle: true,
    platform: 'node',
    format: 'cjs',
    outfile: 'dist/service.js',
    sourcemap: 'linked',
    logLevel: 'silent',
    ...options,
  });
}

function compile(folder: string, options: TypeScript.CompilerOptions): void {
  // Without the types of Node.js and of the language, which only checking needs.
  const files = ['service.ts', 'positions.ts'].map((name) => path.join(folder, 'src', name));
  const base: TypeScript.CompilerOptions = { noLib: true, types: [], target: ts.ScriptTarget.ES2022, rootDir: path.join(folder, 'src'), outDir: path.join(folder, 'dist'), sourceMap: true };
  ts.createProgram(files, { ...base, ...options }).emit();
}

describe('FileSourceMaps, of what real tools made', () => {
  const bundles: Record<string, Esbuild.BuildOptions> = {
    'a bundle with a map beside it': {},
    'a bundle with the map in it': { sourcemap: 'inline' },
    'a bundle without a comment, and a map beside it': { sourcemap: 'external' },
    'a minified bundle': { minify: true },
    'a minified bundle with the map in it': { minify: true, sourcemap: 'inline' },
    'a bundle whose map has no texts': { sourcesContent: false },
    'an ES module': { format: 'esm', outfile: 'dist/service.mjs' },
    'a bundle in a folder with blanks and signs': { outfile: 'dist/100% of it #1/the service.js' },
    'a bundle that begins with a banner': { banner: { js: '#!/usr/bin/env node\n"use strict"; // built' } },
  };
  for (const [what, options] of Object.entries(bundles)) {
    it(`esbuild: ${what}`, async () => {
      const folder = project();
      bundle(folder, options);
      await checkRun(path.join(folder, options.outfile ?? 'dist/service.js'), path.join(folder, 'src', 'service.ts'));
    });
  }

  it('esbuild: a bundle with a sourceRoot', async () => {
    const folder = project();
    bundle(folder, { sourceRoot: pathToFileURL(path.join(folder, 'other')).href });
    await checkRun(path.join(folder, 'dist', 'service.js'), path.join(folder, 'src', 'service.ts'));
  });

  const programs: Record<string, TypeScript.CompilerOptions> = {
    'CommonJS': { module: ts.ModuleKind.CommonJS },
    'an inline map': { module: ts.ModuleKind.CommonJS, sourceMap: false, inlineSourceMap: true, inlineSources: true },
    'an older language': { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2015 },
    'a relative sourceRoot': { module: ts.ModuleKind.CommonJS, sourceRoot: '../src' },
  };
  for (const [what, options] of Object.entries(programs)) {
    it(`tsc: ${what}`, async () => {
      const folder = project();
      compile(folder, options);
      await checkRun(path.join(folder, 'dist', 'service.js'), path.join(folder, 'src', 'service.ts'));
    });
  }

  it('tsc: ES modules, and an absolute sourceRoot', async () => {
    const folder = project();
    for (const name of ['service.ts']) write(path.join(folder, 'src', name), readFileSync(path.join(FIXTURE, name), 'utf8').replace("'./positions'", "'./positions.js'"));
    write(path.join(folder, 'package.json'), '{"type":"module"}');
    compile(folder, { module: ts.ModuleKind.ESNext, moduleResolution: ts.ModuleResolutionKind.Bundler, sourceRoot: path.join(folder, 'src') });
    await checkRun(path.join(folder, 'dist', 'service.js'), path.join(folder, 'src', 'service.ts'));
  });

  it('tsc, then a bundler that keeps the compiled text: follows both maps', async () => {
    const folder = project();
    compile(folder, { module: ts.ModuleKind.CommonJS });
    // As webpack does it without a loader for source maps.
    const compiled = readFileSync(path.join(folder, 'dist', 'service.js'), 'utf8');
    const first = { version: 3, sources: ['webpack://shop/./dist/service.js'], sourcesContent: [compiled], names: [], mappings: `;${lineByLine(compiled)}` };
    write(path.join(folder, 'bundle', 'positions.js'), readFileSync(path.join(folder, 'dist', 'positions.js'), 'utf8'));
    const script = write(path.join(folder, 'bundle', 'service.js'), `// bundled\n${withoutComment(compiled)}\n//# sourceMappingURL=service.js.map`);
    write(`${script}.map`, JSON.stringify(first));
    await checkRun(script, path.join(folder, 'src', 'service.ts'), new FileSourceMaps({ workspaceFolders: () => [folder] }));
  });

  it('webpack names, scoped and not, count from the workspace folder that holds the script', async () => {
    for (const name of ['webpack://shop/./src/service.ts', 'webpack:///./src/service.ts', 'webpack://@our/shop/./src/service.ts?4f2a', 'webpack:///src/service.ts', 'webpack-internal:///./src/service.ts']) {
      const folder = project();
      bundle(folder, {});
      const map = path.join(folder, 'dist', 'service.js.map');
      writeFileSync(map, readFileSync(map, 'utf8').replace('"../src/service.ts"', JSON.stringify(name)));
      await checkRun(path.join(folder, 'dist', 'service.js'), path.join(folder, 'src', 'service.ts'), new FileSourceMaps({ workspaceFolders: () => [temp, folder, os.homedir()] }));
    }
  });

  it('a program that is compiled in memory stays where it runs: the map was never on disk', async () => {
    const folder = project();
    // As tsx and ts-node do it.
    write(path.join(folder, 'load.cjs'), `
      const { readFileSync } = require('node:fs');
      const esbuild = require(${JSON.stringify(require.resolve('esbuild'))});
      require.extensions['.ts'] = (module, file) => {
        const { code } = esbuild.transformSync(readFileSync(file, 'utf8'), { loader: 'ts', format: 'cjs', sourcemap: 'inline', sourcefile: file });
        module._compile(code, file);
      };`);
    const { stdout } = await promisify(execFile)(process.execPath, ['--require', path.join(folder, 'load.cjs'), path.join(folder, 'src', 'service.ts')], { env: { ...process.env, NODE_OPTIONS: '' } });
    const [record] = (JSON.parse(stdout) as Told).calls;
    assert.equal(record?.url, path.join(folder, 'src', 'service.ts'));
    assert.equal(await new FileSourceMaps().original(record.url, record.line, record.column), null);
  });
});

function withoutComment(code: string): string {
  return code.replace(/\/\/# sourceMappingURL=.*\s*$/, '');
}

/** Mappings of each line of a text to itself, from its first column to its first 200. */
function lineByLine(text: string): string {
  // Column +1, same source, same line, column +1; and back at the end of the line.
  return text.split('\n').map((_, index) => `${index === 0 ? 'AAAA' : 'AACtM'}${',CAAC'.repeat(198)}`).join(';');
}
