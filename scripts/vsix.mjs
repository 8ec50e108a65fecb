/** Packs extensions. Loaded after the bootstrap, since it needs vsce. */
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
    // Links between the documents are for readers of the source: there is no public address to point them at.
    await createVSIX({ cwd: snapshot.dir, packagePath: file, allowMissingRepository: true, rewriteRelativeLinks: false });
  } finally {
    await snapshot.remove();
  }
}

/** Packs a folder that has neither dependencies nor anything to build. @param {string} cwd @param {string} file */
export async function packFolder(cwd, file) {
  await createVSIX({ cwd, packagePath: file, allowMissingRepository: true, skipLicense: true, dependencies: false });
}
