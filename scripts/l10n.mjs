/**
 * Keeps l10n/bundle.l10n.json: the texts of the extension for translators. A translation is a file beside it with the
 * language in its name, such as bundle.l10n.de.json, and package.nls.de.json for what package.json says.
 *
 *   npm run l10n                 writes it
 *   npm run l10n -- --check      fails when it is not as it would be written
 */
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { checkout } from './environment/checkout.mjs';
import { collectTexts } from './translations.mjs';

const FILE = path.join(checkout, 'l10n', 'bundle.l10n.json');

const { values: flags } = parseArgs({ options: { check: { type: 'boolean', default: false } } });
const text = `${JSON.stringify(await collectTexts(checkout), null, 2)}\n`;
if (!flags.check) await writeFile(FILE, text);
else if ((await readFile(FILE, 'utf8')) !== text) {
  console.error('l10n/bundle.l10n.json is not what the source says: run `npm run l10n`.');
  process.exitCode = 1;
}
