/**
 * Bundles a measurement of test/bench and runs it. It prints figures and asserts none: they are the machine's.
 *
 *   node scripts/bench.mjs NAME
 */
import path from 'node:path';
import esbuild from 'esbuild';
import { checkout } from './environment/checkout.mjs';
import { runCommand } from './environment/runCommand.mjs';
import { makeTempFolder } from './environment/tempFolder.mjs';

const name = process.argv[2] ?? '';
if (!/^\w+$/.test(name)) throw new Error('Which one? node scripts/bench.mjs NAME, a file of test/bench.');
const { dir, remove } = await makeTempFolder('bench');
try {
  const outfile = path.join(dir, `${name}.cjs`);
  const entryPoints = [path.join(checkout, 'test', 'bench', `${name}.ts`)];
  await esbuild.build({ entryPoints, outfile, bundle: true, platform: 'node', format: 'cjs', packages: 'external', logLevel: 'warning' });
  await runCommand(process.execPath, [outfile], { cwd: checkout, show: true });
} finally {
  await remove();
}
