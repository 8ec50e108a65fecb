import type * as vscode from 'vscode';
import { PageOnDemand, type PageParts } from './pageOnDemand';

/** The page in its compact form, in the Run and Debug view: the figures of the moment, and the problems. */
export class SummaryView implements vscode.WebviewViewProvider {
  readonly #parts: PageParts;

  constructor(parts: PageParts) {
    this.#parts = parts;
  }

  resolveWebviewView(view: vscode.WebviewView): void {
    const page = new PageOnDemand(view.webview, 'compact', this.#parts);
    view.onDidChangeVisibility(() => page.setVisible(view.visible));
    view.onDidDispose(() => {
      page.setVisible(false);
      page.dispose();
    });
    page.setVisible(view.visible);
  }
}
