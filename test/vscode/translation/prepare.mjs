import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pseudoLocalized } from '../../../scripts/translations.mjs';

/** What translators use for a language that is none. */
export const locale = 'qps-ploc';

/** Translates the extension: every letter of its texts gets an accent. @param {string} _workspace @param {{ root: string }} snapshot */
export async function prepare(_workspace, { root }) {
  for (const file of ['l10n/bundle.l10n.json', 'package.nls.json']) {
    const texts = JSON.parse(await readFile(path.join(root, file), 'utf8'));
    await writeFile(path.join(root, file.replace(/\.json$/, `.${locale}.json`)), JSON.stringify(pseudoLocalized(texts)));
  }
}
