import * as vscode from 'vscode';
import type { PanelList } from '../../protocol/panel';
import { PANEL_TYPE } from '../contributions';
import { PageOnDemand, type PageParts } from './pageOnDemand';

/** The profiler's panel: one, of the session on show. After a restart VS Code brings it back with what its page remembers. */
export class ProfilerPanel implements vscode.WebviewPanelSerializer, vscode.Disposable {
  readonly #parts: PageParts;
  readonly #media: vscode.Uri;
  #panel: vscode.WebviewPanel | null = null;
  #page: PageOnDemand | null = null;

  /** @param media Where the icons are. */
  constructor(parts: PageParts, media: vscode.Uri) {
    this.#parts = parts;
    this.#media = media;
  }

  /** Shows the panel beside the editor, or brings the one there is to the front. */
  show(): void {
    if (this.#panel) {
      this.#panel.reveal(undefined, true);
      return;
    }
    // Also beside an empty column: where a breakpoint's editor would open over the panel.
    const showOptions = { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true };
    this.#adopt(vscode.window.createWebviewPanel(PANEL_TYPE, vscode.l10n.t('Bifrost Profiler'), showOptions));
  }

  /** Shows the panel with a row of one of its lists open. */
  reveal(list: PanelList, id: string): void {
    this.show();
    this.#page?.reveal(list, id);
  }

  /** VS Code has a panel of before, which has no page yet. */
  deserializeWebviewPanel(panel: vscode.WebviewPanel): Promise<void> {
    if (this.#panel) {
      panel.dispose();
      return Promise.resolve();
    }
    this.#adopt(panel);
    return Promise.resolve();
  }

  dispose(): void {
    this.#panel?.dispose();
  }

  #adopt(panel: vscode.WebviewPanel): void {
    const icon = (theme: string) => vscode.Uri.joinPath(this.#media, `panel-${theme}.svg`);
    panel.iconPath = { light: icon('light'), dark: icon('dark') };
    const page = new PageOnDemand(panel.webview, 'full', this.#parts);
    panel.onDidChangeViewState(() => page.setVisible(panel.visible));
    panel.onDidDispose(() => {
      this.#panel = null;
      this.#page = null;
      page.setVisible(false);
      page.dispose();
    });
    this.#panel = panel;
    this.#page = page;
    page.setVisible(panel.visible);
  }
}
