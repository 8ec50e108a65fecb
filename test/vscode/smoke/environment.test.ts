/** Whether tests in VS Code can work at all: when one of these fails, look here before looking at the others. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import * as vscode from 'vscode';
import { screenshot, workbench } from '../../helpers/driver';

describe('the environment', () => {
  it('is a VS Code that the extension supports', () => {
    const [major, minor] = vscode.version.split('.').map(Number);
    assert.equal(major, 1);
    assert.ok(minor !== undefined && minor >= 107, vscode.version);
  });

  it('has the extension under test', () => {
    assert.ok(vscode.extensions.getExtension('bifrost.bifrost-profiler'));
  });

  it('opened a copy of the workspace', () => {
    assert.equal(vscode.workspace.workspaceFolders?.[0]?.name, 'workspace');
  });

  it('debugs with the Node.js that was installed for it', () => {
    assert.match(execFileSync('node', ['--version'], { encoding: 'utf8' }), /^v24\./);
  });

  it('reaches the page around it', async () => {
    const [text] = await workbench.text('.monaco-workbench');
    assert.ok(text);
  });

  it('types into the page', async () => {
    await workbench.press('F1');
    await workbench.waitFor({ selector: '.quick-input-widget input' });
    await workbench.type('Bifrost: Show');
    await workbench.waitFor({ selector: '.quick-input-list .monaco-list-row', text: 'Show Profiler' });
    await workbench.press('Escape');
  });

  it('takes pictures', async () => {
    assert.match(await screenshot('smoke'), /smoke\.png$/);
  });
});
