import type * as vscode from 'vscode';

type Session = Pick<vscode.DebugSession, 'configuration' | 'parentSession'>;

/**
 * Where a file of the program is on this machine: what is below `remoteRoot` is the same below `localRoot`, as js-debug has
 * it. Its own answer is by the local path; a path of the other machine it gives back as it is.
 */
export function localPath(file: string, session: Session): string {
  // Only the configuration of the launch has them, not those of the programs below it.
  for (let at: Session | undefined = session; at !== undefined; at = at.parentSession) {
    const { localRoot, remoteRoot } = at.configuration as { localRoot?: unknown; remoteRoot?: unknown };
    if (typeof localRoot !== 'string' || typeof remoteRoot !== 'string' || remoteRoot === '') continue;
    const root = withoutEnd(remoteRoot);
    if (!file.startsWith(`${root}/`) && !file.startsWith(`${root}\\`)) return file;
    const separator = localRoot.includes('\\') ? '\\' : '/';
    return `${withoutEnd(localRoot)}${separator}${file.slice(root.length + 1).replaceAll(/[\\/]/g, separator)}`;
  }
  return file;
}

function withoutEnd(folder: string): string {
  return folder.replace(/[\\/]+$/, '');
}
