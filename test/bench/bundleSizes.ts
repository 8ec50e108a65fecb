/** How large is what is shipped, and what is sent into a program: as `npm run build` makes it. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { ROOT } from '../helpers/program';
import type { BenchPart } from './harness/benchPart';
import { atMost } from './harness/budget';
import { figure } from './harness/figure';

/** Bytes. A bundle that is not named here is not known to anybody. */
const LIMITS: Readonly<Record<string, number>> = {
  'extension.js': 120_000,
  'parts/*.js': 300_000,
  'collector.js': 100_000,
  'bifrost-tracking.cdp': 100_000,
  'bifrost-preload.cdp': 1_000,
  'webview.js': 200_000,
  'webview.css': 45_000,
  'outline-full.html': 10_000,
  'outline-compact.html': 2_000,
};

export const part: BenchPart = {
  run() {
    const folder = path.join(ROOT, 'dist');
    const files = readdirSync(folder).filter((file) => /\.(?:js|cdp|css|html)$/.test(file));
    const sizes = files.sort().map((file) => ({ file, content: readFileSync(path.join(folder, file)) }));
    // Of the extension host: what it shares with what it loads on demand, and that.
    const parts = readdirSync(path.join(folder, 'parts')).map((file) => readFileSync(path.join(folder, 'parts', file)));
    sizes.push({ file: 'parts/*.js', content: Buffer.concat(parts) });
    const rows = sizes.map(({ file, content }) => ({
      subject: file,
      variant: '',
      node: null,
      figures: { size: figure('bytes', [content.length]), gzipped: figure('bytes', [gzipSync(content).length]) },
    }));
    const budgets = sizes.map(({ file, content }) => atMost('gate', `size of ${file}`, content.length, LIMITS[file] ?? 0));
    return Promise.resolve({ title: 'Bundles', rows, budgets });
  },
};
