/** Everything that is saved, as a user saves it: by command, choice and dialog. */
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import * as vscode from 'vscode';
import { debug, debugProfiled, evaluate, launchOf, stateOf, stopDebugging, workspaceFile, workspaceFolder } from '../../helpers/debugging';
import { CHOICE, choose, clearMessages, dialogClosed, fileDialog, message, pressInDialog, runCommand, typePath } from '../../helpers/dialogs';
import { panel, screenshot, viewer, workbench } from '../../helpers/driver';
import { waitFor } from '../../helpers/waitFor';

const NAME = (ending: string) => new RegExp(`^program\\.js.*-\\d{4}(-\\d\\d){5}\\.${ending.replaceAll('.', '\\.')}$`);

const folder = () => workspaceFolder().uri.fsPath;
const files = () => readdirSync(folder()).sort();
/** Files are made empty, and then written. */
const written = (file: string) =>
  waitFor(
    () => `the file ${path.basename(file)}; there are ${files().join(', ')}`,
    () => (existsSync(file) && statSync(file).size > 0 ? readFileSync(file) : undefined),
  );

describe('what is saved of a program', () => {
  before(async () => {
    const program = await debug(launchOf('program.js'));
    await program.printed('ready');
    await vscode.commands.executeCommand('bifrost.showProfiler');
    await stateOf(program.sessionId, 'live');
    await evaluate('keep(20000)');
    await panel.showTab('allocations');
    await panel.waitFor({ selector: '[data-test="allocations"] [data-test="row"]', text: 'keepOrders' });
  });
  after(stopDebugging);
  beforeEach(clearMessages);

  const formats: readonly (readonly [label: string, ending: string, isRight: (content: Buffer) => boolean])[] = [
    ['pprof', 'pb.gz', (content) => gunzipSync(content).length > 0],
    ['V8 heap profile', 'heapprofile', (content) => 'head' in (JSON.parse(content.toString()) as object)],
    ['speedscope', 'speedscope.json', (content) => content.toString().includes('speedscope.app/file-format-schema.json')],
    ['Folded stacks', 'folded.txt', (content) => /keepOrders.* \d+$/m.test(content.toString())],
    ['Bifrost', 'bifrost.json', (content) => content.toString().startsWith('{"format":"bifrost-profile"')],
  ];
  for (const [label, ending, isRight] of formats) {
    it(`is exported as ${label} under a name with program and time`, async () => {
      await runCommand('Bifrost: Export Profile…');
      await workbench.waitFor({ selector: CHOICE, text: `.${ending}` });
      if (ending === 'pb.gz') await screenshot('dialogs-formats');
      await choose(`.${ending}`);
      const offered = await fileDialog(`Save as ${label}`, `.${ending}`);
      assert.match(path.basename(offered), NAME(ending));
      assert.equal(path.dirname(offered), folder());
      if (ending === 'pb.gz') await screenshot('dialogs-save');
      await pressInDialog('Enter');
      await message(`Saved ${path.basename(offered)}.`);
      assert(isRight(await written(offered)), `${offered} is no ${label} file`);
      if (ending === 'pb.gz') await screenshot('dialogs-saved');
    });
  }

  it('opens again from the message that says where it is', async () => {
    await runCommand('Bifrost: Export Profile…');
    await choose('.bifrost.json');
    await fileDialog('Save as Bifrost', '.bifrost.json');
    await typePath(path.join(folder(), 'mine.bifrost.json'));
    await pressInDialog('Enter');
    await message('Saved mine.bifrost.json.', 'Open');
    await panel.waitFor({ selector: '[data-test="state"][data-state="saved"]' });
  });

  it('overwrites no file unless its user says so', async () => {
    const mine = workspaceFile('notes.bifrost.json').fsPath;
    writeFileSync(mine, 'mine');
    const before = files();
    await runCommand('Bifrost: Export Profile…');
    await choose('.bifrost.json');
    await fileDialog('Save as Bifrost', '.bifrost.json');
    await typePath(mine);
    await pressInDialog('Enter');
    await workbench.waitFor({ selector: '.quick-input-widget', text: 'already exists' });
    await screenshot('dialogs-overwrite');
    await pressInDialog('Escape');
    await pressInDialog('Escape');
    await dialogClosed();
    assert.equal(readFileSync(mine, 'utf8'), 'mine');
    assert.deepEqual(files(), before);
  });

  it('is not saved when its user changes their mind', async () => {
    const before = files();
    await runCommand('Bifrost: Export Profile…');
    await workbench.waitFor({ selector: CHOICE, text: '.pb.gz' });
    await pressInDialog('Escape');
    await dialogClosed();
    assert.deepEqual(files(), before);
  });
});

describe('a CPU profile', () => {
  before(async () => {
    await debugProfiled('program.js');
    await evaluate('keepComputing()');
  });
  after(stopDebugging);
  beforeEach(clearMessages);

  it('is not taken when its user gives up', async () => {
    const before = files();
    await runCommand('Bifrost: Take CPU Profile…');
    await workbench.waitFor({ selector: CHOICE, text: '5 seconds' });
    await pressInDialog('Escape');
    await dialogClosed();
    assert.deepEqual(files(), before);
  });

  it('is taken for as long as was chosen, saved where its user says, and opened', async () => {
    await runCommand('Bifrost: Take CPU Profile…');
    await workbench.waitFor({ selector: CHOICE, text: '5 seconds' });
    await screenshot('dialogs-cpu-duration');
    await choose('5 seconds');
    await message('Taking a CPU profile');
    await screenshot('dialogs-cpu-progress');
    const offered = await fileDialog('Save as CPU profile', '.cpuprofile');
    assert.match(path.basename(offered), NAME('cpuprofile'));
    await pressInDialog('Enter');
    await viewer.waitFor({ selector: 'text=compute', timeoutMs: 20_000 });
    const { startTime, endTime } = JSON.parse((await written(offered)).toString()) as { startTime: number; endTime: number };
    const seconds = (endTime - startTime) / 1e6;
    assert(seconds > 4.5 && seconds < 7, `the profile is of ${seconds} s`);
    await screenshot('dialogs-cpu-opened');
  });

  it('is not lost with the dialog', async () => {
    await runCommand('Bifrost: Take CPU Profile…');
    await choose('Until stopped');
    await message('Taking a CPU profile', 'Cancel');
    await fileDialog('Save as CPU profile', '.cpuprofile');
    await pressInDialog('Escape');
    await message('is not saved', 'Save…');
    const offered = await fileDialog('Save as CPU profile', '.cpuprofile');
    await pressInDialog('Enter');
    await written(offered);
  });

  it('is taken until it is stopped', async () => {
    await runCommand('Bifrost: Take CPU Profile…');
    await choose('Until stopped');
    await message('Taking a CPU profile', 'Cancel');
    const offered = await fileDialog('Save as CPU profile', '.cpuprofile');
    await typePath(path.join(folder(), 'stopped.cpuprofile'));
    await pressInDialog('Enter');
    await waitFor('the profile to be opened', () => vscode.window.tabGroups.all.some(({ tabs }) => tabs.some(({ label }) => label === 'stopped.cpuprofile')) || undefined);
    const profile = JSON.parse((await written(path.join(folder(), 'stopped.cpuprofile'))).toString()) as { nodes: unknown[] };
    assert(profile.nodes.length > 0);
    assert(!existsSync(offered));
  });
});

describe('a heap snapshot', () => {
  before(async () => {
    const program = await debug(launchOf('program.js'));
    await program.printed('ready');
    await vscode.commands.executeCommand('bifrost.startProfiler', program.sessionId);
    await stateOf(program.sessionId, 'live');
  });
  after(stopDebugging);
  beforeEach(clearMessages);

  // VS Code shows no modal dialog to a program that is tested: the warning, and the dialog for the file behind it, are not asked for with a file.
  const take = (name: string) => vscode.commands.executeCommand<vscode.Uri | undefined>('bifrost.takeHeapSnapshot', undefined, workspaceFile(name));

  it('is written whole', async () => {
    const file = await take('whole.heapsnapshot');
    assert('snapshot' in (JSON.parse(readFileSync(file?.fsPath ?? '', 'utf8')) as object));
  });

  it('is broken off by its user, and leaves nothing', async () => {
    // So that there is time to.
    await evaluate('keep(300000)');
    const before = files();
    const taken = take('half.heapsnapshot');
    await message('Taking the heap snapshot');
    await screenshot('dialogs-snapshot-progress');
    await message('Taking the heap snapshot', 'Cancel');
    assert.equal(await taken, undefined);
    assert.deepEqual(files(), before);
    assert.equal(await evaluate('1 + 1'), '2');
  });
});
