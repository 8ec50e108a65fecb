import * as vscode from 'vscode';
import { writeBifrostFile } from '../../src/host/export/formats/bifrostFile';
import type { AllocationProfile } from '../../src/protocol/allocations';
import type { HandleRow } from '../../src/protocol/profile';
import { workspaceFile } from './debugging';
import { handlesViewOf } from './handleRows';
import { savedProfile } from './savedProfiles';

/** Writes the profile of a program that was never run into the workspace, and opens it in the panel. */
export async function openProfile(name: string, allocations: AllocationProfile, handles: readonly HandleRow[]): Promise<void> {
  const frames = allocations.frames.map(({ functionName, url: file, line, column }) => ({ functionName, file, line, column, origin: 'user' as const }));
  const saved = savedProfile({ program: { name, pid: null, nodeVersion: null }, allocations: { ...allocations, frames }, handles: handlesViewOf(handles) });
  const file = workspaceFile(`${name}.bifrost.json`);
  await vscode.workspace.fs.writeFile(file, Buffer.from(writeBifrostFile(saved)));
  await vscode.commands.executeCommand('bifrost.openSavedProfile', file);
}
