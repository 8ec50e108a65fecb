import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { build, type BuildOptions } from 'esbuild';
import { describe, it } from 'mocha';
import { inlineJson } from '../../src/host/views/inlineJson';
import { readTexts, withTexts } from '../helpers/manifest';
import { ROOT } from '../helpers/program';

describe('l10n/bundle.l10n.json', () => {
  it('has the texts of the source, no more and no less', async function () {
    this.timeout(60_000);
    await promisify(execFile)(process.execPath, [path.join(ROOT, 'scripts', 'l10n.mjs'), '--check'], { cwd: ROOT });
  });
});

describe('package.nls.json', () => {
  it('has each text that package.json names, and no other', () => {
    const named = new Set<string>();
    withTexts(JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8')), (key) => {
      named.add(key);
      return key;
    });
    assert.deepEqual(Object.keys(readTexts()).sort(), [...named].sort());
  });

  it('has all that package.json shows to people', () => {
    const shown = /^(?:displayName|title|name|category|description|markdownDescription|userDescription|altText|contents)$/;
    // Ours and the product's names are the same in every language, and models are spoken to in English.
    const isFree = (text: string) => text.startsWith('%') || text.startsWith('Bifrost');
    const manifest = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8')) as { contributes: Record<string, unknown> };
    const plain: string[] = [];
    JSON.stringify(manifest.contributes, (key, value: unknown) => {
      if (typeof value === 'string' && shown.test(key) && !isFree(value)) plain.push(value);
      return key === 'inputSchema' ? undefined : value;
    });
    assert.deepEqual(plain.filter((text) => !text.startsWith('bifrost_')), []);
  });
});

describe('the collector', () => {
  it('brings no translations into the program', async function () {
    this.timeout(30_000);
    const { bundles } = (await import(pathToFileURL(path.join(ROOT, 'esbuild.mjs')).href)) as { bundles(options: object): Promise<BuildOptions[]> };
    const guests = (await bundles({})).filter(({ outfile }) => outfile !== undefined && /collector\.js$|\.cdp$/.test(outfile));
    assert.equal(guests.length, 3);
    for (const guest of guests) {
      const { metafile } = await build({ ...guest, absWorkingDir: ROOT, write: false, metafile: true });
      assert.deepEqual(Object.keys(metafile.inputs).filter((input) => input.includes('l10n')), [], guest.outfile);
    }
  });
});

describe('inlineJson', () => {
  it('cannot end the element that it stands in, and reads as the same data', () => {
    const data = { 'a': '</script><script>alert(1)</script>', '<!--': ['\u2028', '"', '<'] };
    assert.doesNotMatch(inlineJson(data), /</);
    assert.deepEqual(JSON.parse(inlineJson(data)), data);
  });
});
