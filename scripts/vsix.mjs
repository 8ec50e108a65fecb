/** Packs extensions. Loaded after the bootstrap, since it needs vsce. */
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { createVSIX } from '@vscode/vsce';
import { makeSnapshot } from './snapshot.mjs';

/**
 * Packs the extension from a copy of the checkout; vsce builds it there first, by its `vscode:prepublish` script.
 *
 * In this process, not as the `vsce` command, which asks the registry for a newer version of itself.
 *
 * @param {string} file
 */
export async function packExtension(file) {
  const snapshot = await makeSnapshot({ forPacking: true });
  try {
    await leaveOutPictures(path.join(snapshot.dir, 'README.md'));
    // Links between the documents are for readers of the source: there is no public address to point them at.
    await createVSIX({ cwd: snapshot.dir, packagePath: file, allowMissingRepository: true, rewriteRelativeLinks: false });
  } finally {
    await snapshot.remove();
  }
}

/** A paragraph that is nothing but a picture of the checkout. */
const PICTURE = /^!\[[^\]]*\]\((?!https:)[^)]*\)\n\n?/gm;

/** VS Code shows pictures from public addresses only, of which this project has none: the others would be broken, and a megabyte. */
async function leaveOutPictures(/** @type {string} */ readme) {
  await writeFile(readme, (await readFile(readme, 'utf8')).replaceAll(PICTURE, ''));
}

/** Packs a folder that has neither dependencies nor anything to build. @param {string} cwd @param {string} file */
export async function packFolder(cwd, file) {
  await createVSIX({ cwd, packagePath: file, allowMissingRepository: true, skipLicense: true, dependencies: false });
}
