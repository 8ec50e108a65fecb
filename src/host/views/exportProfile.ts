import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import { messageText, NAME_LIMIT } from '../../model/displayName';
import { foldedStacks } from '../export/formats/foldedStacks';
import { fileName } from '../export/formats/fileName';
import { heapProfileFile } from '../export/formats/heapProfileFile';
import { pprofHeap } from '../export/formats/pprof';
import { speedscopeHeap } from '../export/formats/speedscopeFile';
import { writeBifrostFile } from '../export/formats/bifrostFile';
import type { SavedProfile } from '../../protocol/savedProfile';
import type { ProfiledSession } from '../session/profiledSession';
import { savedProfileOf } from '../session/savedProfileOf';

/** One format that a profile can be saved in. */
interface Format {
  readonly extension: string;
  readonly label: string;
  readonly detail: string;
  readonly encode: (saved: SavedProfile) => Uint8Array | string;
}

const NO_ALLOCATIONS = vscode.l10n.t('No allocations have been read yet: start profiling, and read them first.');

const FORMATS: readonly Format[] = [
  {
    extension: 'pb.gz',
    label: 'pprof',
    detail: vscode.l10n.t('For go tool pprof, Pyroscope and others: allocated and in use, objects and bytes'),
    encode: (saved) => pprofHeap(allocationsOf(saved), contextOf(saved)),
  },
  {
    extension: 'heapprofile',
    label: vscode.l10n.t('V8 heap profile'),
    detail: vscode.l10n.t('For VS Code’s own viewer and Chrome DevTools: what is in use'),
    encode: (saved) => heapProfileFile(allocationsOf(saved), contextOf(saved)),
  },
  {
    extension: 'speedscope.json',
    label: 'speedscope',
    detail: vscode.l10n.t('For speedscope.app: flame graphs of what is in use and of all that was allocated'),
    encode: (saved) => speedscopeHeap(allocationsOf(saved), saved.program.name),
  },
  {
    extension: 'folded.txt',
    label: vscode.l10n.t('Folded stacks'),
    detail: vscode.l10n.t('For flamegraph.pl and the like: bytes in use, one stack per line'),
    encode: (saved) => foldedStacks(allocationsOf(saved), allocationsOf(saved).inUse ? 'inUse' : 'allocated'),
  },
  {
    extension: 'bifrost.json',
    label: 'Bifrost',
    detail: vscode.l10n.t('All that is known, to be opened with “Open Saved Profile…”, or compared with'),
    encode: writeBifrostFile,
  },
];

/**
 * Saves the profile of a session. Without a file the user chooses the format and the place; with one, its ending decides.
 * Nothing is overwritten unless the user said so in the dialog.
 *
 * @returns The file that was written; undefined when the user gave up.
 * @throws Error in one sentence.
 */
export async function exportProfile(session: ProfiledSession, file: vscode.Uri | undefined): Promise<vscode.Uri | undefined> {
  const format = file ? formatOf(file) : await chooseFormat();
  if (format === undefined) return undefined;
  const saved = await vscode.window.withProgress({ location: vscode.ProgressLocation.Notification, title: vscode.l10n.t('Exporting the profile of “{0}”…', messageText(session.info.name, NAME_LIMIT)) }, () =>
    savedProfileOf(session),
  );
  const target = file ?? (await chooseFile(session.info.name, format.extension, format.label));
  if (target === undefined) return undefined;
  await save(target, format.encode(saved), file === undefined);
  return target;
}

/** Asks where to save something of a program. */
export async function chooseFile(program: string, extension: string, label: string, time = new Date()): Promise<vscode.Uri | undefined> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const name = fileName(program, time, extension);
  return vscode.window.showSaveDialog({
    title: vscode.l10n.t('Save as {0}', label),
    // The dialog takes what is behind the last dot for the ending, and would make `.pb.gz.pb.gz` of a name that has the whole.
    filters: { [label]: [extension.replace(/^.*\./, '')] },
    ...(folder && { defaultUri: vscode.Uri.joinPath(folder, name) }),
  });
}

/** @throws Error in one sentence. */
export async function save(target: vscode.Uri, content: Uint8Array | string, mayOverwrite: boolean): Promise<void> {
  try {
    await writeFile(target.fsPath, content, { flag: mayOverwrite ? 'w' : 'wx' });
  } catch (error) {
    const isThere = error instanceof Error && 'code' in error && error.code === 'EEXIST';
    const reason = isThere ? vscode.l10n.t('there is a file of this name already') : error instanceof Error ? error.message : String(error);
    throw new Error(vscode.l10n.t('{0} was not saved: {1}.', path.basename(target.fsPath), reason), { cause: error });
  }
}

function formatOf(file: vscode.Uri): Format {
  const format = FORMATS.find(({ extension }) => file.path.endsWith(`.${extension}`));
  if (format) return format;
  throw new Error(vscode.l10n.t('The name of the file decides its format: let it end in {0}.', FORMATS.map(({ extension }) => `.${extension}`).join(', ')));
}

async function chooseFormat(): Promise<Format | undefined> {
  const items = FORMATS.map((format) => ({ label: format.label, description: `.${format.extension}`, detail: format.detail, format }));
  const choice = await vscode.window.showQuickPick(items, { title: vscode.l10n.t('Bifrost: Export Profile…'), placeHolder: vscode.l10n.t('In which format?') });
  return choice?.format;
}

function allocationsOf({ allocations }: SavedProfile): NonNullable<SavedProfile['allocations']> {
  if (allocations === null) throw new Error(NO_ALLOCATIONS);
  return allocations;
}

function contextOf({ program, sampler, savedAt }: SavedProfile) {
  return {
    name: program.name,
    time: Date.parse(savedAt),
    intervalBytes: sampler?.intervalBytes ?? 0,
    rootPath: vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? '',
  };
}
