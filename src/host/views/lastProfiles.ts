import { copyFile } from 'node:fs/promises';
import * as vscode from 'vscode';
import { messageText, NAME_LIMIT } from '../../model/displayName';
import { Command } from '../contributions';
import { ProfileFolder } from '../export/profileFolder';
import { errorText } from '../session/errorText';
import type { ProfiledSession } from '../session/profiledSession';
import { savedProfileOf } from '../session/savedProfileOf';
import { chooseFile } from './exportProfile';

const LIMITS = { files: 10, bytes: 512 * 1024 * 1024 };

/**
 * Saves the last profile of a program that has ended with its heap nearly full, and offers to open it.
 *
 * @param storage The extension's own folder: a copy goes where the user chooses.
 */
export async function saveLastProfile(session: ProfiledSession, storage: vscode.Uri): Promise<void> {
  const folder = new ProfileFolder(vscode.Uri.joinPath(storage, 'lastProfiles').fsPath, LIMITS);
  const name = messageText(session.info.name, NAME_LIMIT);
  try {
    const saved = await savedProfileOf(session);
    if (saved.allocations === null) {
      void vscode.window.showWarningMessage(vscode.l10n.t('“{0}” ended with its heap nearly full, before its allocations could be read: give it more heap, or profile it from its start.', name));
      return;
    }
    await offer(session.info.name, new Date(saved.savedAt), await folder.add(saved));
  } catch (error) {
    void vscode.window.showErrorMessage(vscode.l10n.t('The last profile of “{0}” was not saved: {1}.', name, messageText(errorText(error)).replace(/\.$/, '')));
  }
}

async function offer(program: string, time: Date, file: string): Promise<void> {
  const open = vscode.l10n.t('Open Last Profile');
  const saveAs = vscode.l10n.t('Save As…');
  const message = vscode.l10n.t('“{0}” ended with its heap nearly full. What held it just before was saved.', messageText(program, NAME_LIMIT));
  const choice = await vscode.window.showWarningMessage(message, open, saveAs);
  if (choice === open) await vscode.commands.executeCommand(Command.openSavedProfile, vscode.Uri.file(file));
  if (choice !== saveAs) return;
  const target = await chooseFile(program, 'bifrost.json', 'Bifrost', time);
  if (target) await copyFile(file, target.fsPath);
}
