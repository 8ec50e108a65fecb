/**
 * Builds the bundles of the extension, and the tests when asked.
 *
 *   node esbuild.mjs [--production] [--watch] [--tests]
 *
 * | bundle                   | runs in                    | why it looks as it does                                    |
 * |--------------------------|----------------------------|------------------------------------------------------------|
 * | dist/extension.js        | extension host             | CommonJS, `vscode` comes from the host                     |
 * | dist/collector.js        | the program being debugged | one expression, sent as text and run there                 |
 * | dist/bifrost-preload.cdp | every Node.js of a launch  | loaded by `--require` before user code, on any version     |
 * | dist/bifrost-tracking.cdp | the program being debugged | the same collector, which the preload loads                |
 * | dist/webview.js/css      | the panel's page           | one classic script, loaded under a strict CSP              |
 */
import { readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import esbuild from 'esbuild';

/** The oldest Node.js whose programs are profiled. */
const DEBUGGEE_TARGET = 'node20';
/** The Node.js of the extension host in the oldest VS Code that `engines` admits. */
const HOST_TARGET = 'node22';

/** @param {{ production?: boolean, tests?: boolean }} options */
export async function bundles({ production = false, tests = false }) {
  /** @type {import('esbuild').BuildOptions} */
  const common = {
    bundle: true,
    minify: production,
    sourcemap: production ? false : 'linked',
    legalComments: 'none',
    logLevel: 'warning',
  };
  // Their scripts are named *.cdp, which leaves them out of the debugger's loaded scripts and call stacks.
  /** @type {import('esbuild').BuildOptions} */
  const guest = { ...common, platform: 'node', format: 'iife', target: DEBUGGEE_TARGET, sourcemap: false };

  /** @type {import('esbuild').BuildOptions[]} */
  const list = [
    {
      ...common,
      entryPoints: ['src/host/extension.ts'],
      outfile: 'dist/extension.js',
      platform: 'node',
      format: 'cjs',
      target: HOST_TARGET,
      external: ['vscode', 'bufferutil', 'utf-8-validate'],
    },
    {
      ...guest,
      entryPoints: ['src/collector/inject.ts'],
      outfile: 'dist/collector.js',
      globalName: 'bifrostInjected',
      // Evaluated as one expression whose value is the reply. `require` is there only while the console's
      // command line API is (Runtime.evaluate's includeCommandLineAPI), so it is handed in by name.
      banner: { js: '((bifrostRequire) => {' },
      footer: {
        js: "return bifrostInjected.reply;})(typeof require === 'function' ? require : undefined)",
      },
    },
    {
      ...guest,
      entryPoints: ['src/collector/preload.ts'],
      // V8's heap sampler and the debugger both go by the file's name; Node loads an unknown ending as CommonJS.
      outfile: 'dist/bifrost-preload.cdp',
      banner: { js: '(function (bifrostRequire) {' },
      footer: { js: '})(require)' },
      target: 'es2015',
    },
    {
      ...guest,
      entryPoints: ['src/collector/tracking.ts'],
      outfile: 'dist/bifrost-tracking.cdp',
      banner: { js: '((bifrostRequire) => {' },
      footer: { js: '})(require)' },
    },
    {
      ...common,
      entryPoints: { webview: 'src/webview/main.tsx' },
      outdir: 'dist',
      platform: 'browser',
      format: 'iife',
      target: 'chrome130',
      jsx: 'automatic',
      jsxImportSource: 'preact',
      loader: { '.ttf': 'file' },
      assetNames: '[name]',
    },
  ];
  if (tests) {
    const files = (await readdir('test', { recursive: true })).map((file) => path.join('test', file));
    const entryPoints = files.filter((file) => /\.test\.ts$|vscode[\\/][^\\/]+[\\/]index\.ts$|helpers[\\/]run[A-Z]\w*\.ts$/.test(file));
    list.push({
      ...common,
      entryPoints,
      outdir: 'out/test',
      outbase: 'test',
      platform: 'node',
      format: 'cjs',
      target: 'node20',
      sourcemap: 'inline',
      packages: 'external',
      external: ['vscode'],
    });
  }
  return list;
}

/** Builds everything once. @param {{ production?: boolean, tests?: boolean }} options */
export async function build(options = {}) {
  await rm('dist', { recursive: true, force: true });
  await Promise.all((await bundles(options)).map((bundle) => esbuild.build(bundle)));
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const options = { production: process.argv.includes('--production'), tests: process.argv.includes('--tests') };
  if (process.argv.includes('--watch')) {
    for (const bundle of await bundles(options)) await (await esbuild.context({ ...bundle, logLevel: 'info' })).watch();
  } else {
    await build(options);
  }
}
