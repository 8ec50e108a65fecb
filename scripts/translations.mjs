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
import ts from 'typescript';

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

/**
 * What the collector says: the kinds of handles, the whole sentences in its source, and the states that it tells of handles.
 *
 * @param {string} root
 * @returns {Promise<string[]>}
 */
async function collectorTexts(root) {
  const folder = path.join(root, 'src', 'collector');
  const files = (await readdir(folder)).filter((file) => file.endsWith('.ts'));
  const said = await Promise.all(files.map(async (file) => saidIn(file, await readFile(path.join(folder, file), 'utf8'))));
  return [...(await kindTexts(root)), ...said.flat()];
}

/** @param {string} root @returns {Promise<string[]>} */
async function kindTexts(root) {
  const { outputFiles } = await esbuild.build({
    entryPoints: [path.join(root, 'src', 'model', 'collectorTexts.ts')],
    bundle: true,
    format: 'esm',
    write: false,
  });
  const module = await import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString('base64')}`);
  return module.kindTexts();
}

/** Sentences, and the words that functions about states give. @param {string} file @param {string} source @returns {string[]} */
function saidIn(file, source) {
  /** @type {string[]} */
  const said = [];
  /** @param {ts.Node} node @param {boolean} isOfState */
  const look = (node, isOfState) => {
    const inside = isOfState || (ts.isFunctionDeclaration(node) && /state/i.test(node.name?.text ?? ''));
    if (ts.isStringLiteral(node) && (/^[A-Z].* .*\.$/.test(node.text) || (inside && isWord(node)))) said.push(node.text);
    ts.forEachChild(node, (child) => look(child, inside));
  };
  look(ts.createSourceFile(file, source, ts.ScriptTarget.Latest, true), false);
  return said;
}

/** A word that is given, not one that is asked for. @param {ts.StringLiteral} node */
function isWord({ text, parent }) {
  return /^[a-z]+(?:[ ,]+[a-z]+)*$/.test(text) && !ts.isBinaryExpression(parent) && !ts.isCaseClause(parent) && !ts.isTypeOfExpression(parent);
}
