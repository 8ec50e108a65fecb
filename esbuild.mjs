/**
 * Builds the bundles of the extension, and the tests when asked.
 *
 *   node esbuild.mjs [--production] [--watch] [--tests]
 *
 * | bundle                   | runs in                    | why it looks as it does                                    |
 * |--------------------------|----------------------------|------------------------------------------------------------|
 * | dist/extension.js        | extension host             | CommonJS, `vscode` comes from the host                     |
 * | dist/parts/*.js          | the same                   | what an `import()` loads, and what such parts share        |
 * | dist/collector.js        | the program being debugged | one expression, sent as text and run there                 |
 * | dist/bifrost-preload.cdp | every Node.js of a launch  | loaded by `--require` before user code, on any version     |
 * | dist/bifrost-tracking.cdp | the program being debugged | the same collector, which the preload loads                |
 * | (text in those two)      | a realm of the collector's | one function of the program's parts: src/collector/realm.ts |
 * | dist/webview.js/css      | the panel's page           | one classic script, loaded under a strict CSP              |
 * | dist/outline-*.html      | the same                   | the page until it has figures, rendered here, without script |
 */
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import esbuild from 'esbuild';
import subsetFont from 'subset-font';

/** The oldest Node.js whose programs are profiled. */
const DEBUGGEE_TARGET = 'node20';
/** The Node.js of the extension host in the oldest VS Code that `engines` admits. */
const HOST_TARGET = 'node22';

/**
 * The collector's script is called with the parts of the program. The language's built-ins are made constants: as globals of
 * a realm they would be looked up through Node's interceptors, on the program's hot path.
 */
const BUILT_INS = 'Array Error Float64Array Infinity JSON Map Math NaN Number Object Reflect RegExp Set String Symbol Uint8Array Uint32Array WeakMap WeakRef'.split(' ');
const REALM = {
  banner: { js: `((bifrostParts) => {const {${BUILT_INS.join()}} = globalThis, {process, bifrostRequire} = bifrostParts;` },
  footer: { js: 'return bifrostCollector.install(bifrostParts);})' },
};

/**
 * Gives the bundle of a TypeScript file as text: `./install.script` is what `install.ts` becomes.
 *
 * @param {import('esbuild').BuildOptions} options of that bundle
 * @returns {import('esbuild').Plugin}
 */
const scripts = (options) => ({
  name: 'scripts',
  setup(build) {
    build.onResolve({ filter: /\.script$/ }, ({ path: name, resolveDir }) => ({ path: path.resolve(resolveDir, name.replace(/script$/, 'ts')), namespace: 'script' }));
    build.onLoad({ filter: /./, namespace: 'script' }, async ({ path: file }) => {
      const { outputFiles, metafile } = await esbuild.build({ ...options, entryPoints: [file], write: false, metafile: true });
      return { contents: outputFiles[0].text, loader: 'text', watchFiles: Object.keys(metafile.inputs).map((input) => path.resolve(input)) };
    });
  },
});

/**
 * Of VS Code's icons only those that the page's source names: those whose name is a literal of it. The sheet of all is as large
 * as the page's own style. Their font stands in the sheet: VS Code shows a page once all that it names is loaded, and a font of
 * its own held it for a tenth of a second.
 *
 * @type {import('esbuild').Plugin}
 */
const usedIcons = {
  name: 'usedIcons',
  setup(build) {
    build.onLoad({ filter: /[\\/]codicon\.css$/ }, async ({ path: sheet }) => {
      const folder = path.join(import.meta.dirname, 'src', 'webview');
      const watchFiles = (await readdir(folder, { recursive: true })).filter((name) => /\.tsx?$/.test(name)).map((name) => path.join(folder, name));
      const sources = await Promise.all(watchFiles.map((file) => readFile(file, 'utf8')));
      const literals = new Set(sources.flatMap((source) => [...source.matchAll(/["']([a-z\d-]+)["']/g)].map(([, text]) => text)));
      const rules = await readFile(sheet, 'utf8');
      const used = rules.replace(/^\.codicon-([a-z\d-]+):before .*$/gm, (rule, icon) => (literals.has(icon) ? rule : ''));
      const [, file] = /url\("([^"?]+)[^"]*"\) format\("truetype"\)/.exec(used);
      const text = [...used.matchAll(/content: "\\([\da-f]+)"/g)].map(([, code]) => String.fromCodePoint(Number.parseInt(code, 16))).join('');
      const font = await subsetFont(await readFile(path.join(path.dirname(sheet), file)), text, { targetFormat: 'woff2' });
      const contents = used.replace(/url\(.*\) format\("truetype"\)/, `url("data:font/woff2;base64,${font.toString('base64')}") format("woff2")`);
      return { contents, loader: 'css', watchFiles };
    });
  },
};

/**
 * Writes what is split off by `import()`, which esbuild does for ECMAScript modules only, as CommonJS.
 *
 * @type {import('esbuild').Plugin}
 */
const splitCommonJs = {
  name: 'splitCommonJs',
  setup(build) {
    const { minify, target, sourcemap } = build.initialOptions;
    Object.assign(build.initialOptions, { format: 'esm', splitting: true, write: false, chunkNames: 'parts/[name]-[hash]' });
    // Of both steps: the second reads what the first has written into the text.
    if (sourcemap) build.initialOptions.sourcemap = 'inline';
    build.onEnd(async ({ outputFiles = [] }) => {
      await Promise.all(
        outputFiles.map(async (file) => {
          // One file each: an `import()` that stays one would go through the other loader.
          const { code, map } = await esbuild.transform(asRequired(file.text, 'vscode'), { format: 'cjs', platform: 'node', target, minify, sourcemap: sourcemap && 'external', sourcefile: file.path, supported: { 'dynamic-import': false } });
          await mkdir(path.dirname(file.path), { recursive: true });
          await writeFile(file.path, sourcemap ? `${code}//# sourceMappingURL=${path.basename(file.path)}.map\n` : code);
          if (sourcemap) await writeFile(`${file.path}.map`, map);
        }),
      );
    });
  },
};

/**
 * Has a module required once in place of its imports. Each import of all of it would become a copy of its own of the whole
 * namespace, property by property: VS Code's has hundreds, and twenty copies took half of the time of loading the extension.
 *
 * @param {string} text an ECMAScript module as esbuild writes it
 * @param {string} name
 */
function asRequired(text, name) {
  const names = [];
  const rest = text.replaceAll(new RegExp(`import ?\\* ?as ([\\w$]+) from ?"${name}";`, 'g'), (_, local) => {
    names.push(local);
    return '';
  });
  if (names.length === 0) return text;
  const [first, ...others] = names;
  return `const ${first}=require("${name}")${others.map((other) => `,${other}=${first}`).join('')};${rest}`;
}

/** In place of `@vscode/l10n` where the page's outlines are rendered: the host finds texts by these marks. */
const MARKED_TEXTS = String.raw`export const t = (text) => '\uE000' + encodeURIComponent(text) + '\uE001';`;

/**
 * Writes what the bundle exports as `outlines`, a file for each form of the page.
 *
 * @type {import('esbuild').Plugin}
 */
const rendered = {
  name: 'rendered',
  setup(build) {
    build.initialOptions.write = false;
    build.onResolve({ filter: /^@vscode\/l10n$/ }, ({ path: name }) => ({ path: name, namespace: 'marked' }));
    build.onLoad({ filter: /./, namespace: 'marked' }, () => ({ contents: MARKED_TEXTS }));
    build.onEnd(async ({ outputFiles = [] }) => {
      const [{ path: file, contents } = {}] = outputFiles;
      // Of an error esbuild has told.
      if (!contents) return;
      const { outlines } = await import(`data:text/javascript;base64,${Buffer.from(contents).toString('base64')}`);
      await mkdir(path.dirname(file), { recursive: true });
      await Promise.all(Object.entries(outlines).map(([form, html]) => writeFile(path.join(path.dirname(file), `outline-${form}.html`), html)));
    });
  },
};

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
  /** @type {import('esbuild').BuildOptions} */
  const realm = { ...common, platform: 'node', format: 'iife', target: DEBUGGEE_TARGET, sourcemap: false, globalName: 'bifrostCollector', ...REALM };
  // Their scripts are named *.cdp, which leaves them out of the debugger's loaded scripts and call stacks.
  /** @type {import('esbuild').BuildOptions} */
  const guest = { ...common, platform: 'node', format: 'iife', target: DEBUGGEE_TARGET, sourcemap: false, plugins: [scripts(realm)] };

  /** @type {import('esbuild').BuildOptions[]} */
  const list = [
    {
      ...common,
      entryPoints: ['src/host/extension.ts'],
      outdir: 'dist',
      platform: 'node',
      plugins: [splitCommonJs],
      // In every part, and so in the one that they share and that is evaluated first: texts outside of functions are looked up there.
      inject: ['src/host/translation.ts'],
      target: HOST_TARGET,
      external: ['vscode', 'bufferutil', 'utf-8-validate'],
    },
    {
      ...guest,
      entryPoints: ['src/collector/inject.ts'],
      outfile: 'dist/collector.js',
      // Evaluated as one expression whose value is the reply. `require` is there only while the console's
      // command line API is (Runtime.evaluate's includeCommandLineAPI), so it is handed in by name.
      banner: { js: '((bifrostRequire) => {const bifrostValue = {};' },
      footer: { js: "return bifrostValue.reply;})(typeof require === 'function' ? require : undefined)" },
    },
    {
      ...guest,
      entryPoints: ['src/collector/preload.ts'],
      // V8's heap sampler and the debugger both go by the file's name; Node loads an unknown ending as CommonJS.
      outfile: 'dist/bifrost-preload.cdp',
      banner: { js: '(function (bifrostRequire, bifrostFile) {' },
      footer: { js: '})(require, __filename)' },
      target: 'es2015',
    },
    {
      ...guest,
      entryPoints: ['src/collector/tracking.ts'],
      outfile: 'dist/bifrost-tracking.cdp',
      banner: { js: '((bifrostRequire, bifrostFile) => {' },
      footer: { js: '})(require, __filename)' },
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
      plugins: [usedIcons],
    },
    {
      ...common,
      entryPoints: ['src/webview/outline.tsx'],
      outdir: 'dist',
      platform: 'node',
      format: 'esm',
      sourcemap: false,
      jsx: 'automatic',
      jsxImportSource: 'preact',
      loader: { '.css': 'empty' },
      plugins: [rendered],
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
