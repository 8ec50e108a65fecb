/** What language models may ask of the program while it is profiled. VS Code asks the user first, but not in tests. */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { workspaceFile } from '../../helpers/debugging';
import { lineOf, NEVER, PlantedService, UNENDED } from '../waiting/plantedService';

interface Stuck {
  readonly stuck: readonly { readonly what: string; readonly count: number; readonly routes: readonly string[]; readonly advice: string; readonly stack: readonly string[] }[];
}

describe('the tools for language models', () => {
  let service: PlantedService;

  before(async () => {
    service = await PlantedService.start();
    await service.stuck();
  });
  after(() => service.stop());

  it('are listed while a program is profiled', () => {
    const names = vscode.lm.tools.map(({ name }) => name).filter((name) => name.startsWith('bifrost_'));
    assert.deepEqual(names.sort(), ['bifrost_explain_allocation_site', 'bifrost_get_memory_growth', 'bifrost_get_runtime_summary', 'bifrost_list_stuck_operations']);
  });

  it('list what is stuck with its place in the source', async () => {
    const { stuck } = (await invoke('bifrost_list_stuck_operations', { limit: 5 })) as Stuck;
    const unended = stuck.find(({ routes }) => routes.includes('GET /unended/:id'));
    assert.equal(unended?.count, UNENDED);
    assert.match(unended.advice, /response\.end\(\)/);
    const awaiting = stuck.find(({ what }) => what === 'Await');
    assert.equal(awaiting?.count, NEVER);
    const line = await lineOf('async function loadOrder(response) {\n  await neverSettled();');
    assert.ok(awaiting.stack.includes(`loadOrder ${workspaceFile('service.js').fsPath}:${line + 1}`), awaiting.stack.join('\n'));
  });

  it('summarise the program', async () => {
    const summary = (await invoke('bifrost_get_runtime_summary', {})) as { memory_bytes: { alloc: number }; waiting: { potentiallyStuck: number } };
    assert.ok(summary.memory_bytes.alloc > 1_000_000);
    assert.ok(summary.waiting.potentiallyStuck >= UNENDED + NEVER);
  });

  it('tell which functions have grown, once there is a mark', async () => {
    const before = (await invoke('bifrost_get_memory_growth', {})) as { since: unknown; notes: string[] };
    assert.equal(before.since, null);
    assert.match(before.notes[0] ?? '', /Mark Now/);
    await vscode.commands.executeCommand('bifrost.markNow');
    const after = (await invoke('bifrost_get_memory_growth', {})) as { since: { time: string } | null };
    assert.ok(after.since !== null && Date.parse(after.since.time) > 0);
  });

  it('say in a sentence what is wrong with a question', async () => {
    await assert.rejects(invoke('bifrost_explain_allocation_site', {}), /Give the file, the function, or both/);
    await assert.rejects(invoke('bifrost_explain_allocation_site', { function: 'no such function' }), /Nothing that is in use was allocated there/);
  });
});

async function invoke(name: string, input: object): Promise<unknown> {
  const { content } = await vscode.lm.invokeTool(name, { input, toolInvocationToken: undefined });
  const [part] = content;
  assert.ok(part instanceof vscode.LanguageModelTextPart);
  assert.ok(part.value.length < 100_000);
  return JSON.parse(part.value);
}
