/**
 * Makes the file that users install.
 *
 *   npm run package -- [--out FILE]      default: bifrost-profiler-<version>.vsix in the checkout
 */
import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { checkout } from './environment/checkout.mjs';
import { withProgress } from './environment/progress.mjs';
import { ensureProjectPackages } from './environment/projectPackages.mjs';

await main().catch((error) => {
  console.error(error.message);
  process.exitCode = 1;
});

async function main() {
  const { values: flags } = parseArgs({ options: { out: { type: 'string' } } });
  const { name, version } = JSON.parse(await readFile(path.join(checkout, 'package.json'), 'utf8'));
  const file = path.resolve(flags.out ?? path.join(checkout, `${name}-${version}.vsix`));
  await ensureProjectPackages();
  const { packExtension } = await import('./vsix.mjs');
  await withProgress(`Packing ${path.basename(file)}`, () => packExtension(file));
  console.log(`${file}: ${((await stat(file)).size / 2 ** 20).toFixed(2)} MiB`);
}
