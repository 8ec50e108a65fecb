import * as vscode from 'vscode';
import { displayName, visibleText } from '../../model/displayName';
import { formatBytes, formatCompactCount, formatPercent } from '../../model/format';
import type { AllocationQuery, AllocationRow } from '../../protocol/allocations';
import type { Bytes, Milliseconds } from '../../protocol/units';
import { Color, Command } from '../contributions';
import type { Profiler } from '../session/profiler';
import { StoreListener } from './storeListener';
import { placeText } from './treeNodes';

/** The functions that hold the most; who allocates less is not worth a line's attention. */
const QUERY: AllocationQuery = { grouping: 'functions', measure: 'inUse', expanded: [], limit: 1_000, filter: '' };
const SITES: AllocationQuery = { ...QUERY, grouping: 'sites' };

const REFRESH_EVERY: Milliseconds = 2_000;
const STACKS_IN_HOVER = 3;
const FRAMES_IN_HOVER = 8;

/** From which share of all on a function gets which colour. */
const LEVELS = [
  { share: 0.25, color: Color.allocationsHigh },
  { share: 0.05, color: Color.allocationsMedium },
  { share: 0, color: Color.allocationsLow },
] as const;

/** What the functions of one line hold together: several may begin on one. */
interface LineAllocations {
  readonly line: number;
  bytes: Bytes;
  count: number;
  share: number;
  readonly names: string[];
}

/** Tells in the editor, at the functions that allocate, what of it is in use: off until the user turns it on. */
export class AllocationAnnotations implements vscode.Disposable, vscode.CodeLensProvider {
  readonly #profiler: Profiler;
  readonly #listener: StoreListener;
  readonly #decorations = LEVELS.map(({ color }) =>
    vscode.window.createTextEditorDecorationType({
      overviewRulerLane: vscode.OverviewRulerLane.Right,
      overviewRulerColor: new vscode.ThemeColor(color),
      isWholeLine: true,
      borderColor: new vscode.ThemeColor(color),
      borderStyle: 'solid',
      borderWidth: '0 0 0 3px',
    }),
  );
  readonly #onDidChangeCodeLenses = new vscode.EventEmitter<void>();
  readonly onDidChangeCodeLenses = this.#onDidChangeCodeLenses.event;
  readonly #subscriptions: vscode.Disposable[];
  #isOn = false;
  #refreshedAt: Milliseconds = -Infinity;

  constructor(profiler: Profiler) {
    this.#profiler = profiler;
    this.#listener = new StoreListener(profiler, {
      onSession: () => this.#refresh(),
      onAllocations: () => {
        if (performance.now() - this.#refreshedAt >= REFRESH_EVERY) this.#refresh();
      },
      onCleared: () => this.#refresh(),
    });
    this.#subscriptions = [
      vscode.window.onDidChangeVisibleTextEditors(() => this.#refresh()),
      vscode.languages.registerCodeLensProvider({ scheme: 'file' }, this),
    ];
  }

  toggle(): void {
    this.#isOn = !this.#isOn;
    this.#listener.setActive(this.#isOn);
    this.#refresh();
  }

  provideCodeLenses(document: vscode.TextDocument): vscode.CodeLens[] {
    return this.#linesOf(document).map(({ line, bytes, count, share }) => {
      const range = document.lineAt(line).range;
      return new vscode.CodeLens(range, {
        title: vscode.l10n.t('~{0} in use ({1}), ~{2} objects', formatBytes(bytes), formatPercent(share * 100), formatCompactCount(count)),
        command: Command.showProfiler,
      });
    });
  }

  dispose(): void {
    this.#listener.dispose();
    for (const disposable of [...this.#subscriptions, ...this.#decorations, this.#onDidChangeCodeLenses]) disposable.dispose();
  }

  #refresh(): void {
    this.#refreshedAt = performance.now();
    for (const editor of vscode.window.visibleTextEditors) {
      const lines = this.#linesOf(editor.document);
      for (const [index, decoration] of this.#decorations.entries()) {
        const ofLevel = lines.filter(({ share }) => LEVELS.findIndex((level) => share >= level.share) === index);
        editor.setDecorations(decoration, ofLevel.map((allocations) => this.#optionsOf(editor.document, allocations)));
      }
    }
    this.#onDidChangeCodeLenses.fire();
  }

  #optionsOf(document: vscode.TextDocument, allocations: LineAllocations): vscode.DecorationOptions {
    return { range: document.lineAt(allocations.line).range, hoverMessage: this.#hover(document.uri.fsPath, allocations) };
  }

  /** As a block of code: names come from the program, and in Markdown they could be anything. */
  #hover(file: string, { line, names, bytes, count }: LineAllocations): vscode.MarkdownString {
    const sites = this.#profiler.current?.store.allocations.view(SITES).rows ?? [];
    const here = sites.filter(({ stack }) => stack.some((frame) => frame.file === file && frame.line === line + 1)).slice(0, STACKS_IN_HOVER);
    const stacks = here.map(({ self, stack }) => {
      const frames = stack.slice(0, FRAMES_IN_HOVER).map((frame) => `  ${displayName(frame.functionName)}  ${visibleText(placeText(frame), 200)}`);
      const more = stack.length > FRAMES_IN_HOVER ? [`  ${vscode.l10n.t('{0} more', stack.length - FRAMES_IN_HOVER)}`] : [];
      return [`~${formatBytes(self.bytes)}`, ...frames, ...more].join('\n');
    });
    const head = vscode.l10n.t('{0}: ~{1} in ~{2} objects in use.\nV8’s sampler knows the function, not the line.', names.join(', '), formatBytes(bytes), formatCompactCount(count));
    return new vscode.MarkdownString().appendCodeblock([head, ...stacks].join('\n\n'), 'text');
  }

  #linesOf(document: vscode.TextDocument): LineAllocations[] {
    const allocations = this.#profiler.current?.store.allocations;
    if (!this.#isOn || document.uri.scheme !== 'file' || allocations === undefined) return [];
    const byLine = new Map<number, LineAllocations>();
    for (const row of allocations.view(QUERY).rows) {
      const line = lineIn(document, row);
      if (line === null) continue;
      const known = byLine.get(line) ?? { line, bytes: 0, count: 0, share: 0, names: [] };
      known.bytes += row.self.bytes;
      known.count += row.self.count;
      known.share += row.share;
      known.names.push(displayName(row.label));
      byLine.set(line, known);
    }
    return [...byLine.values()];
  }
}

/** The line of the document, counted from 0, where a row's function begins; null when it is in another file. */
function lineIn(document: vscode.TextDocument, { kind, frame }: AllocationRow): number | null {
  if (kind !== 'function' || frame === null || frame.line === 0 || frame.file !== document.uri.fsPath) return null;
  return frame.line <= document.lineCount ? frame.line - 1 : null;
}
