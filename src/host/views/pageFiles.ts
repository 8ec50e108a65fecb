import { readFileSync } from 'node:fs';
import * as vscode from 'vscode';
import type { PageForm } from './pageOnDemand';

interface PageTexts {
  readonly style: string;
  readonly script: string;
  /** What stands in the page until its first figures are drawn, with its texts marked. */
  readonly outlines: Readonly<Record<PageForm, string>>;
}

/**
 * What the page is made of. Its style and script stand in the page itself: as resources of their own VS Code would bring them
 * through a service worker and the extension host, each after the other, before anything is painted.
 */
export class PageFiles {
  /** Nothing else is loaded. */
  readonly options: vscode.WebviewOptions = { enableScripts: true, localResourceRoots: [] };
  readonly #folder: vscode.Uri;
  #texts: PageTexts | null = null;

  constructor(folder: vscode.Uri) {
    this.#folder = folder;
  }

  /** Read with the first page. @throws Error when the extension's files are not there. */
  get texts(): PageTexts {
    const read = (name: string) => readFileSync(vscode.Uri.joinPath(this.#folder, name).fsPath, 'utf8');
    return (this.#texts ??= {
      style: read('webview.css'),
      script: read('webview.js'),
      outlines: { full: read('outline-full.html'), compact: read('outline-compact.html') },
    });
  }
}
