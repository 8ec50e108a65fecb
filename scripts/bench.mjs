/**
 * Measures what Bifrost costs, and prints tables, and budgets met or not.
 *
 *   npm run bench -- [PART…] [--quick] [--node 24] [--workload http]
 *                    [--json FILE] [--readme] [--from FILE]
 *
 * A part is a file of test/bench, which exports a `part`; without a name all of them run. Every figure is the machine's:
 * only those that are none (sizes, counts) and ratios wide of the mark make the exit code 1. `--readme` writes the summary
 * in README.md; `--from` takes what an earlier `--json` wrote in place of measuring.
 */
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { bubbleprofPackage } from './environment/subjects.mjs';
import { checkout } from './environment/checkout.mjs';
import { nodeBinaries } from './environment/nodeVersions.mjs';
import { ensureProjectPackages } from './environment/projectPackages.mjs';
import { startGroup } from './environment/processGroup.mjs';
import { buildSnapshot, makeSnapshot } from './snapshot.mjs';
import { testVariables } from './testVariables.mjs';

/** Of the folders below test/bench: processes of their own, and what is found by its name. */
const ENTRIES = /^(?:configurations[\\/].*|harness[\\/](?:main|partProcess)|load[\\/]loadProcess|host[\\/]replayProcess)\.ts$/;

await main().catch((error) => {
  console.error(error.message);
  process.exitCode = 1;
});

async function main() {
  await ensureProjectPackages();
  const nodes = await nodeBinaries();
  const snapshot = await makeSnapshot();
  try {
    // As it is shipped.
    await buildSnapshot(snapshot.dir, '--production');
    const { finished } = startGroup(nodes[24], [await bundle(snapshot.dir), ...process.argv.slice(2)], {
      cwd: checkout,
      env: { ...process.env, ...testVariables({ nodes }), ...(await rivals()) },
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    process.exitCode = (await finished) === 0 ? 0 : 1;
  } finally {
    await snapshot.remove();
  }
}

/** What is measured beside Bifrost and is no package of the checkout. */
async function rivals() {
  if (process.argv.includes('--quick')) return {};
  try {
    return { BIFROST_BUBBLEPROF: await bubbleprofPackage() };
  } catch (error) {
    // It is old, and a figure less: its row says that it is missing.
    console.log(`Bubbleprof is left out: ${error.message}`);
    return {};
  }
}

/** Bundles the parts and what runs them. @param {string} dir the snapshot @returns {Promise<string>} the main script */
async function bundle(dir) {
  const bench = path.join(dir, 'test', 'bench');
  const files = (await readdir(bench, { recursive: true })).filter((file) => file.endsWith('.ts'));
  // Loaded only now: it may have been installed a moment ago.
  const { build } = await import('esbuild');
  await build({
    entryPoints: files.filter((file) => !file.includes(path.sep) || ENTRIES.test(file)).map((file) => path.join(bench, file)),
    outdir: path.join(dir, 'out', 'bench'),
    outbase: bench,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node24',
    packages: 'external',
    logLevel: 'warning',
  });
  return path.join(dir, 'out', 'bench', 'harness', 'main.js');
}
