import { readFileSync } from 'node:fs';
import * as vscode from 'vscode';

/**
 * What the page is made of. Its style and script stand in the page itself: as resources of their own VS Code would bring them
 * through a service worker and the extension host, each after the other, before anything is painted.
 */
export class PageFiles {
  /** Nothing else is loaded. */
  readonly options: vscode.WebviewOptions = { enableScripts: true, localResourceRoots: [] };
  readonly #folder: vscode.Uri;
  #texts: { readonly style: string; readonly script: string } | null = null;

  constructor(folder: vscode.Uri) {
    this.#folder = folder;
  }

  /** Read with the first page. @throws Error when the extension's files are not there. */
  get texts(): { readonly style: string; readonly script: string } {
    const read = (name: string) => readFileSync(vscode.Uri.joinPath(this.#folder, name).fsPath, 'utf8');
    return (this.#texts ??= { style: read('webview.css'), script: read('webview.js') });
  }
}
