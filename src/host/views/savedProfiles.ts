import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import { readBifrostFile } from '../export/formats/bifrostFile';
import type { SavedProfile } from '../../protocol/savedProfile';
import type { Bytes } from '../../protocol/units';

/** What a text can hold; a profile of a million stacks has some 100 MB. */
const MAX_FILE: Bytes = 256 * 1024 * 1024;

export interface OpenedProfile {
  readonly file: string;
  readonly saved: SavedProfile;
}

/**
 * Reads a profile that was saved in Bifrost's own format. Without a file the user is asked for one.
 *
 * @returns Undefined when the user gave up.
 * @throws Error in one sentence.
 */
export async function readSavedProfile(file?: vscode.Uri): Promise<OpenedProfile | undefined> {
  const [chosen] = file ? [file] : ((await vscode.window.showOpenDialog({ title: vscode.l10n.t('Open a Saved Profile'), filters: { Bifrost: ['json'] } })) ?? []);
  if (chosen === undefined) return undefined;
  const name = path.basename(chosen.fsPath);
  const text = await readText(chosen.fsPath, name);
  const result = readBifrostFile(text);
  if (!result.ok) throw new Error(vscode.l10n.t('{0} could not be opened: {1}', name, result.message));
  return { file: chosen.fsPath, saved: result.value };
}

async function readText(file: string, name: string): Promise<string> {
  try {
    const { size } = await stat(file);
    if (size > MAX_FILE) throw new Error(vscode.l10n.t('it is larger than 256 MB'));
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new Error(vscode.l10n.t('{0} could not be read: {1}.', name, error instanceof Error ? error.message : String(error)), { cause: error });
  }
}
