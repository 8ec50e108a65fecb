/** The extension in a language other than English: one in which every letter has an accent, so that what is not translated shows. */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { debug, launchOf, stateOf, stopDebugging } from '../../helpers/debugging';
import { panel, screenshot, TREE_ROW, workbench } from '../../helpers/driver';
import { waitFor } from '../../helpers/waitFor';

const PLAIN_WORD = /[a-z]{3,}/i;

/** The parts of the page that say nothing but what is looked up. */
const TRANSLATED = '.footer, .tiles, .facts';

/** Everything that they say, titles and labels included, but not what comes from the program or has been typed. */
const PAGE_TEXTS = `(() => {
  const parts = [...document.querySelectorAll('${TRANSLATED}')];
  const texts = new Set();
  for (const part of parts) {
    const walker = document.createTreeWalker(part, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) texts.add(node.data.trim());
  }
  for (const element of parts.flatMap((part) => [...part.querySelectorAll('[title], [aria-label], [placeholder]')])) {
    for (const name of ['title', 'aria-label', 'placeholder']) texts.add((element.getAttribute(name) ?? '').trim());
  }
  return [...texts];
})()`;

/** Names of the program, units, and names that no language changes. */
const FROM_ELSEWHERE = /\b(?:program|js|planted|keepTimer|pid|Node|Bifrost|RSS|CPU|GC|min|V8|http|localhost|anonymous)\b/g;

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

  describe('with a program', () => {
    before(async () => {
      const program = await debug(launchOf('program.js'));
      await program.printed('ready');
      await vscode.commands.executeCommand('bifrost.showProfiler');
      await stateOf(program.sessionId, 'live');
      await vscode.commands.executeCommand('bifrost.handles.focus');
    });
    after(stopDebugging);

    it('names kinds of handles, which the collector tells in English', async () => {
      await waitFor('a translated row in the tree', async () => ((await workbench.text(TREE_ROW)).some((text) => text.includes(TRANSLATED_TIMER)) ? true : undefined));
      await screenshot('translation-tree');
    });

    it('says what its figures are in the status bar', async () => {
      const item = '#bifrost\\.bifrost-profiler\\.bifrost\\.figures';
      await workbench.waitFor({ selector: `${item} [aria-label*="ħḗḗȧȧƥ"], ${item}[aria-label*="ħḗḗȧȧƥ"]` });
    });

    it('has no plain word in the parts of the panel that are its own', async () => {
      await panel.waitFor({ selector: '.footer' });
      const texts = (await panel.evaluate(PAGE_TEXTS)) as string[];
      assert.ok(texts.length > 10);
      assert.deepEqual(texts.filter((text) => PLAIN_WORD.test(text.replaceAll(FROM_ELSEWHERE, ''))), []);
      await screenshot('translation-panel');
    });
  });
});

/** "Timer" with an accent on every letter. */
const TRANSLATED_TIMER = 'Ŧīḿḗḗř';
