/** The extension in a language other than English: one in which every letter has an accent, so that what is not translated shows. */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { screenshot, workbench } from '../../helpers/driver';

const PLAIN_WORD = /[a-z]{3,}/i;

describe('the extension in another language', () => {
  it('has a bundle of translations', () => {
    const extension = vscode.extensions.getExtension<unknown>('bifrost.bifrost-profiler');
    assert.equal(vscode.env.language, 'qps-ploc');
    const packageJson = extension?.packageJSON as { displayName: string; contributes: { commands: { title: { value: string } }[] } };
    assert.doesNotMatch(packageJson.displayName, PLAIN_WORD);
    for (const { title } of packageJson.contributes.commands) assert.doesNotMatch(title.value, PLAIN_WORD);
  });

  it('offers what to debug', async () => {
    const shown = vscode.commands.executeCommand('bifrost.showProfiler');
    await workbench.waitFor({ selector: '.quick-input-list .monaco-list-row' });
    const texts = await workbench.text('.quick-input-list .label-name');
    for (const text of texts) assert.doesNotMatch(text.replaceAll('Node.js', ''), PLAIN_WORD);
    await screenshot('translation-choices');
    await workbench.press('Escape');
    await shown;
  });
});
