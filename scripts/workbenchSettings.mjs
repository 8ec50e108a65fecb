/** The settings every workbench here starts with. */
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';

/** Nothing that takes room, asks questions, or goes to the network. */
const quiet = {
  'chat.disableAIFeatures': true,
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': false,
  'extensions.ignoreRecommendations': true,
  'git.openRepositoryInParentFolders': 'never',
  'telemetry.telemetryLevel': 'off',
  'typescript.disableAutomaticTypeAcquisition': true,
  'update.mode': 'none',
  'window.commandCenter': false,
  'workbench.colorTheme': 'Default Dark Modern',
  'workbench.editor.enablePreview': false,
  'workbench.enableExperiments': false,
  'workbench.preferredDarkColorTheme': 'Default Dark Modern',
  'workbench.preferredLightColorTheme': 'Default Light Modern',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
};

/**
 * Writes the user's settings, for a workbench that is opened afterwards: an open one does not notice.
 *
 * @param {string} userDataDir the server's is `data` in its `--server-data-dir`: code-server keeps a user's settings there
 *   and not in the browser, as other VS Code servers do
 * @param {Record<string, unknown>} more
 */
export async function writeUserSettings(userDataDir, more = {}) {
  const folder = path.join(userDataDir, 'User');
  await mkdir(folder, { recursive: true });
  await writeFile(path.join(folder, 'settings.json'), JSON.stringify({ ...quiet, ...more }, undefined, 2));
}
