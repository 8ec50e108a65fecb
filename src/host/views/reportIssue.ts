import * as vscode from 'vscode';
import { SettingDefaults } from '../contributions';
import { issueReport } from '../export/issueReport';
import type { LogMemory } from '../session/logMemory';
import type { Profiler } from '../session/profiler';
import type { ReadOnlyTexts } from './readOnlyTexts';

const DEBUGGERS = ['ms-vscode.js-debug-nightly', 'ms-vscode.js-debug'];

/** "Bifrost: Report Issue": opens what is known about the fault as a document, for the user to look through and to send. */
export async function reportIssue(profiler: Profiler, log: LogMemory, texts: ReadOnlyTexts, extension: vscode.Extension<unknown>): Promise<void> {
  const debug = DEBUGGERS.map((id) => vscode.extensions.getExtension(id)).find((found) => found !== undefined);
  const text = issueReport({
    environment: {
      Bifrost: versionOf(extension),
      'VS Code': `${vscode.version} (${vscode.env.appHost}${vscode.env.remoteName === undefined ? '' : `, ${vscode.env.remoteName}`})`,
      'JavaScript debugger': debug ? `${debug.id} ${versionOf(debug)}` : 'not found',
      'Extension host': `Node.js ${process.versions.node}, ${process.platform} ${process.arch}`,
      Language: vscode.env.language,
      'Workspace trust': vscode.workspace.isTrusted ? 'trusted' : 'restricted',
    },
    settings: changedSettings(),
    processes: profiler.processes,
    log: log.lines,
  });
  await texts.open('Bifrost issue', text);
}

function versionOf(extension: vscode.Extension<unknown>): string {
  const { version } = extension.packageJSON as { version?: unknown };
  return typeof version === 'string' ? version : 'unknown';
}

function changedSettings(): Record<string, unknown> {
  const configuration = vscode.workspace.getConfiguration('bifrost');
  const changed: Record<string, unknown> = {};
  for (const [key, declared] of Object.entries(SettingDefaults)) {
    const value = configuration.get<unknown>(key);
    if (JSON.stringify(value) !== JSON.stringify(declared.default)) changed[`bifrost.${key}`] = value;
  }
  return changed;
}
