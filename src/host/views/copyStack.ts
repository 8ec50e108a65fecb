import * as vscode from 'vscode';
import { displayName, visibleText } from '../../model/displayName';
import type { Frame } from '../../protocol/frames';

/** Longer than any sensible path. */
const FILE_LIMIT = 2_000;

/** Puts a stack on the clipboard, in the form that Node.js prints: terminals and editors make links of it. */
export async function copyStack(title: string, stack: readonly Frame[]): Promise<void> {
  await vscode.env.clipboard.writeText([title, ...stack.map(frameLine)].join('\n'));
  vscode.window.setStatusBarMessage(vscode.l10n.t('Stack copied'), 2_000);
}

function frameLine({ functionName, file, line, column }: Frame): string {
  const place = file === '' ? 'native' : `${visibleText(file, FILE_LIMIT)}:${line}:${column}`;
  return `    at ${displayName(functionName)} (${place})`;
}
