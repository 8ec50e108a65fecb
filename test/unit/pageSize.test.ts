/** What the panel's page is made of. */
import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { build, type BuildOptions, type OutputFile } from 'esbuild';
import { ROOT } from '../helpers/program';

/** In bytes, minified as they are shipped. */
const LIMITS = { 'webview.js': 200_000, 'webview.css': 45_000 } as const;

describe('the page', () => {
  let files: readonly OutputFile[];

  before(async () => {
    const { bundles } = (await import(pathToFileURL(path.join(ROOT, 'esbuild.mjs')).href)) as { bundles(options: object): Promise<BuildOptions[]> };
    const page = (await bundles({ production: true })).find(({ entryPoints }) => JSON.stringify(entryPoints).includes('webview'));
    assert(page);
    ({ outputFiles: files } = await build({ ...page, absWorkingDir: ROOT, write: false }));
  });

  it('is of at most 200 KB of script and 45 KB of style', () => {
    for (const [name, limit] of Object.entries(LIMITS)) {
      const size = files.find((file) => path.basename(file.path) === name)?.contents.length ?? Infinity;
      assert(size <= limit, `${name} has ${size} bytes, and may have ${limit}`);
    }
  });

  it('has neither script nor style that would end the element it stands in', () => {
    for (const { path: file, text } of files) if (/\.(?:js|css)$/.test(file)) assert.doesNotMatch(text, /<\/(?:script|style)|<!--/i);
  });

  it('has an outline before it has figures, of which every text can be translated', async () => {
    const texts = JSON.parse(await readFile(path.join(ROOT, 'l10n', 'bundle.l10n.json'), 'utf8')) as Record<string, string>;
    for (const [form, tiles] of [['full', 6], ['compact', 6]] as const) {
      const outline = await readFile(path.join(ROOT, 'dist', `outline-${form}.html`), 'utf8');
      const marked = [...outline.matchAll(/\uE000(.*?)\uE001/g)].map(([, text = '']) => decodeURIComponent(text));
      assert.deepEqual(marked.filter((text) => !(text in texts)), []);
      assert.equal([...outline.matchAll(/class="tile"/g)].length, tiles, form);
      assert.doesNotMatch(outline.replaceAll(/\uE000.*?\uE001|Bifrost/g, '').replaceAll(/<[^>]*>/g, ''), /\w/);
      assert.doesNotMatch(outline, /(?:title|aria-label)="[^"\uE000]/);
    }
  });

  it('has each icon that it names, and few others', async () => {
    const sheet = files.find((file) => file.path.endsWith('.css'))?.text ?? '';
    const icons = new Set([...sheet.matchAll(/\.codicon-([a-z\d-]+):before/g)].map(([, icon]) => icon));
    const folder = path.join(ROOT, 'src', 'webview');
    const sources = (await readdir(folder, { recursive: true })).filter((name) => /\.tsx?$/.test(name));
    const texts = await Promise.all(sources.map((name) => readFile(path.join(folder, name), 'utf8')));
    const named = texts.flatMap((text) => [...text.matchAll(/\bicon(?:: |=)["']([a-z\d-]+)["']|<Icon name="([a-z\d-]+)"/g)].map(([, icon, name]) => icon ?? name));
    assert.deepEqual(named.filter((icon) => !icons.has(icon)), []);
    assert(named.length > 20 && icons.size < 100, `${named.length} are named, ${icons.size} are there`);
  });
});
