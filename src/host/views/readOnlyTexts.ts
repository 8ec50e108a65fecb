import * as vscode from 'vscode';
import { DUMP_SCHEME } from '../contributions';

/** Read-only documents that hold one text each, for as long as they are open. */
export class ReadOnlyTexts implements vscode.Disposable, vscode.TextDocumentContentProvider {
  readonly #texts = new Map<string, string>();
  readonly #subscriptions = [
    vscode.workspace.registerTextDocumentContentProvider(DUMP_SCHEME, this),
    vscode.workspace.onDidCloseTextDocument(({ uri }) => this.#texts.delete(uri.toString())),
  ];

  provideTextDocumentContent(uri: vscode.Uri): string {
    return this.#texts.get(uri.toString()) ?? vscode.l10n.t('This text is gone. Run the command of “Bifrost” that made it for a new one.');
  }

  /** @param name What the document is called, with the time behind it; characters that no file name has are replaced. */
  async open(name: string, text: string): Promise<void> {
    const time = new Date().toISOString().replaceAll(':', '-').slice(0, 19);
    const uri = vscode.Uri.from({ scheme: DUMP_SCHEME, path: `/${name.replaceAll(/[^\w.-]+/g, '_')} ${time}.txt` });
    this.#texts.set(uri.toString(), text);
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri), { preview: false });
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
  }
}
