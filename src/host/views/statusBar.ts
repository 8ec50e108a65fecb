import * as vscode from 'vscode';
import { visibleText } from '../../model/displayName';
import { statusFigures } from '../../model/statusFigures';
import type { SessionInfo } from '../../protocol/reports';
import { Command } from '../contributions';
import type { Profiler } from '../session/profiler';
import type { StuckWatch } from '../session/stuckWatch';

const NAME_LIMIT = 80;

/** One item in the status bar: CPU, heap and handles of the program on show, for as long as it is profiled. */
export class StatusBar implements vscode.Disposable {
  readonly #profiler: Profiler;
  readonly #stuck: StuckWatch;
  readonly #item = vscode.window.createStatusBarItem('bifrost.figures', vscode.StatusBarAlignment.Left, 0);
  readonly #update = (): void => this.#show();
  readonly #onPoint = ({ id }: SessionInfo): void => {
    if (id === this.#profiler.current?.id) this.#show();
  };

  constructor(profiler: Profiler, stuck: StuckWatch) {
    this.#profiler = profiler;
    this.#stuck = stuck;
    this.#item.name = vscode.l10n.t('Bifrost Profiler');
    this.#item.command = Command.showProfiler;
    profiler.events.on('current', this.#update).on('sessions', this.#update).on('point', this.#onPoint);
    stuck.events.on('change', this.#update);
  }

  dispose(): void {
    this.#profiler.events.off('current', this.#update).off('sessions', this.#update).off('point', this.#onPoint);
    this.#stuck.events.off('change', this.#update);
    this.#item.dispose();
  }

  #show(): void {
    const session = this.#profiler.current;
    const current = session?.isRunning === true ? session.store.current : null;
    if (session === null || current === null) {
      this.#item.hide();
      return;
    }
    const { text, title, isStuck } = statusFigures(current, this.#stuck.members);
    this.#item.text = text;
    this.#item.tooltip = `${visibleText(session.info.name, NAME_LIMIT)}\n${title}\n${vscode.l10n.t('Click to show the profiler.')}`;
    this.#item.accessibilityInformation = { label: vscode.l10n.t('Bifrost: {0}', title), role: 'button' };
    this.#item.backgroundColor = isStuck ? new vscode.ThemeColor('statusBarItem.warningBackground') : undefined;
    this.#item.show();
  }
}
