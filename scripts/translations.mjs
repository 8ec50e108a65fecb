/**
 * The texts that translators get, as VS Code's own tools collect them, and a pseudo-language made of them for tests.
 *
 * Collected are the literal texts of all calls of `l10n.t` below src, and what the collector says: it speaks English, and
 * the host looks its texts up when it shows them.
 */
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { getL10nJson, getL10nPseudoLocalized } from '@vscode/l10n-dev';
import esbuild from 'esbuild';

/**
 * @param {string} root a checkout
 * @returns {Promise<import('@vscode/l10n-dev').l10nJsonFormat>} in the order of their texts, so that a new one changes one line
 */
export async function collectTexts(root) {
  const bundle = await getL10nJson(await sources(path.join(root, 'src')));
  for (const text of await collectorTexts(root)) bundle[text] ??= text;
  return Object.fromEntries(Object.entries(bundle).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/**
 * The texts with an accent on every letter: what stays plain in a view has not been translated.
 *
 * @param {import('@vscode/l10n-dev').l10nJsonFormat} texts
 */
export const pseudoLocalized = (texts) => getL10nPseudoLocalized(texts);

/** @param {string} folder */
async function sources(folder) {
  const files = (await readdir(folder, { recursive: true })).filter((file) => /\.tsx?$/.test(file)).sort();
  return Promise.all(
    files.map(async (file) => ({
      extension: path.extname(file) === '.tsx' ? /** @type {const} */ ('.tsx') : /** @type {const} */ ('.ts'),
      contents: await readFile(path.join(folder, file), 'utf8'),
    })),
  );
}

/** @param {string} root @returns {Promise<string[]>} */
async function collectorTexts(root) {
  const { outputFiles } = await esbuild.build({
    entryPoints: [path.join(root, 'src', 'model', 'collectorTexts.ts')],
    bundle: true,
    format: 'esm',
    write: false,
  });
  const module = await import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString('base64')}`);
  return module.collectorTexts();
}
