import type * as vscode from 'vscode';
import type { Profiler } from '../session/profiler';
import type { ProfilerPanel } from './panel';
import { readSavedProfile } from './savedProfiles';

/** Shows a saved profile in the panel, to be read only: among the sessions, as one that has ended. */
export async function openSavedProfile(profiler: Profiler, panel: ProfilerPanel, file?: vscode.Uri): Promise<void> {
  const opened = await readSavedProfile(file);
  if (opened === undefined) return;
  profiler.showSaved(opened.saved, opened.file);
  panel.show();
}
