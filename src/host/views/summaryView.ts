import type * as vscode from 'vscode';
import { pageOptions, ProfilerPage, type PageParts } from './profilerPage';

/** The page in its compact form, in the Run and Debug view: the figures of the moment, and the problems. */
export class SummaryView implements vscode.WebviewViewProvider {
  readonly #parts: PageParts;

  constructor(parts: PageParts) {
    this.#parts = parts;
  }

  resolveWebviewView(view: vscode.WebviewView): void {
    view.webview.options = pageOptions(this.#parts.extensionUri);
    const page = new ProfilerPage(view.webview, 'compact', this.#parts);
    view.onDidChangeVisibility(() => page.setVisible(view.visible));
    view.onDidDispose(() => {
      page.setVisible(false);
      page.dispose();
    });
    page.setVisible(view.visible);
  }
}
