/** The file that users install: it holds what is needed, and nothing else. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { openPromise } from 'yauzl';
import { ROOT } from '../helpers/program';

const OLDEST_ABI = 115;
/** At most, in the order of the README. */
const PICTURE_BYTES: Readonly<Record<string, number>> = { 'media/readme/panel.png': 200_000, 'media/readme/recording.gif': 700_000 };

describe('the package', () => {
  let folder: string;
  let file: string;
  let files: string[];
  let readme: string;

  before(async function () {
    this.timeout(120_000);
    folder = await mkdtemp(path.join(tmpdir(), 'bifrost-package-'));
    file = path.join(folder, 'bifrost.vsix');
    await promisify(execFile)(process.execPath, [path.join(ROOT, 'scripts', 'package.mjs'), '--out', file]);
    files = await namesIn(file);
    readme = await textIn(file, 'extension/readme.md');
  });
  after(() => rm(folder, { recursive: true }));

  it('has the bundles, the documents and the native samplers, and nothing else', () => {
    // Named by their content.
    const isPart = (name: string) => /^extension\/dist\/parts\/\w+-[A-Z0-9]{8}\.js$/.test(name);
    const others = files.filter((name) => !name.includes('/prebuilds/') && !isPart(name));
    const parts = files.filter(isPart).map((name) => path.posix.basename(name).replace(/-.*/, ''));
    assert.ok(parts.length <= 8, `${parts.length} parts`);
    for (const part of ['onConnection', 'actions']) assert.ok(parts.includes(part), part);
    assert.deepEqual(others.sort(), [
      '[Content_Types].xml',
      'extension.vsixmanifest',
      'extension/LICENSE.txt',
      'extension/THIRD_PARTY_NOTICES.md',
      'extension/changelog.md',
      'extension/dist/bifrost-preload.cdp',
      'extension/dist/bifrost-tracking.cdp',
      'extension/dist/collector.js',
      'extension/dist/extension.js',
      'extension/dist/outline-compact.html',
      'extension/dist/outline-full.html',
      'extension/dist/webview.css',
      'extension/dist/webview.js',
      'extension/l10n/bundle.l10n.json',
      'extension/media/icon.png',
      'extension/media/panel-dark.svg',
      'extension/media/panel-light.svg',
      'extension/media/walkthrough/compare.svg',
      'extension/media/walkthrough/find.svg',
      'extension/media/walkthrough/start.svg',
      'extension/node_modules/@datadog/pprof/LICENSE',
      'extension/node_modules/@datadog/pprof/package.json',
      'extension/package.json',
      'extension/package.nls.json',
      'extension/readme.md',
    ]);
  });

  it('has a README without the pictures, which are of the checkout', () => {
    assert.match(readme, /^# Bifrost Profiler\n/);
    assert.doesNotMatch(readme, /!\[/);
    assert.match(readme, /## Use it/);
  });

  it('has a sampler for every supported Node.js and every system there is one for', async () => {
    const all = await readdir(path.join(ROOT, 'node_modules', '@datadog', 'pprof', 'prebuilds'), { recursive: true });
    const supported = all.filter((name) => Number(/\.abi(\d+)\.node$/.exec(name)?.[1] ?? 0) >= OLDEST_ABI);
    const packed = files.filter((name) => name.includes('/prebuilds/')).map((name) => name.split('/prebuilds/')[1] ?? '');
    assert.deepEqual(packed.sort(), supported.map((name) => name.replaceAll('\\', '/')).sort());
  });

  it('copies the namespace of VS Code nowhere, which would take half of the time of loading it', async () => {
    const scripts = files.filter((name) => /\/dist\/(?:extension|parts\/[\w-]+)\.js$/.test(name));
    const required = await Promise.all(scripts.map(async (name) => [...(await textIn(file, name)).matchAll(/.{0,40}require\("vscode"\)/g)].map(([found]) => found)));
    assert(required.flat().length > 1);
    for (const found of required) assert(found.length <= 1, found.join('\n'));
    for (const found of required.flat()) assert.match(found, /const [\w$]+=require\("vscode"\)$/);
  });
});

describe('the README', () => {
  it('has pictures that are there, light, and told to those who do not see them', async () => {
    const readme = await readFile(path.join(ROOT, 'README.md'), 'utf8');
    const pictures = [...readme.matchAll(/!\[([^\]]*)\]\(([^)]*)\)/g)];
    assert.deepEqual(pictures.map(([, , file]) => file), Object.keys(PICTURE_BYTES));
    for (const [, alternative = '', file = ''] of pictures) {
      assert(alternative.length > 40, file);
      const { size } = await stat(path.join(ROOT, file));
      assert(size <= (PICTURE_BYTES[file] ?? 0), `${file} has ${size} bytes`);
    }
  });
});

async function textIn(file: string, name: string): Promise<string> {
  const zip = await openPromise(file);
  for await (const entry of zip.eachEntry()) {
    if (entry.fileName === name) return text(await zip.openReadStreamPromise(entry));
  }
  throw new Error(`${name} is not in ${file}.`);
}

async function namesIn(file: string): Promise<string[]> {
  const zip = await openPromise(file);
  const names: string[] = [];
  for await (const entry of zip.eachEntry()) names.push(entry.fileName);
  return names;
}
