import type * as vscode from 'vscode';
import type { PanelList } from '../../protocol/panel';
import type { HiddenStore } from '../session/hiddenStore';
import type { Logger } from '../session/logger';
import type { Profiler } from '../session/profiler';
import type { ProfilerSettings } from '../session/settings';
import type { PageFiles } from './pageFiles';
import type { ProfilerPage } from './profilerPage';

/** `full`: the panel. `compact`: what fits into a side bar. */
export type PageForm = 'full' | 'compact';

/** What a page is about. */
export interface PageParts {
  readonly profiler: Profiler;
  readonly hidden: HiddenStore;
  readonly files: PageFiles;
  readonly settings: () => ProfilerSettings;
  readonly log: Logger;
  /** Loads the code of the page. */
  readonly load: () => Promise<typeof ProfilerPage>;
}

/** The page of one webview, whose code is loaded with the first that is shown: most programs are debugged without one. */
export class PageOnDemand implements vscode.Disposable {
  readonly #page: Promise<ProfilerPage | null>;
  #isDisposed = false;

  constructor(webview: vscode.Webview, form: PageForm, parts: PageParts) {
    this.#page = this.#load(webview, form, parts);
  }

  async #load(webview: vscode.Webview, form: PageForm, parts: PageParts): Promise<ProfilerPage | null> {
    webview.options = parts.files.options;
    const Page = await parts.load();
    return this.#isDisposed ? null : new Page(webview, form, parts);
  }

  setVisible(isVisible: boolean): void {
    void this.#page.then((page) => page?.setVisible(isVisible));
  }

  /** Shows a row of one of the lists, open. */
  reveal(list: PanelList, id: string): void {
    void this.#page.then((page) => page?.reveal(list, id));
  }

  dispose(): void {
    this.#isDisposed = true;
    void this.#page.then((page) => page?.dispose());
  }
}
