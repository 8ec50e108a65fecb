/** Runs the tests of one folder below test/vscode inside the extension host. */
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { nameScenario, perform } from './driver';
import { runMocha } from './mochaRecords';

/** A test in VS Code starts a program under the debugger, which takes seconds on a busy machine. */
const TEST_TIMEOUT_MS = 60_000;

/**
 * Makes the `run` that VS Code calls. A scenario's index.ts is
 *
 *   export const run = scenario(__dirname);
 *
 * @param folder where the scenario's files were bundled to; its name is the scenario's
 */
export function scenario(folder: string): () => Promise<void> {
  return async () => {
    nameScenario(path.basename(folder));
    const files = readdirSync(folder).filter((name) => name.endsWith('.test.js'));
    await runMocha(
      files.map((name) => path.join(folder, name)),
      TEST_TIMEOUT_MS,
      (record) => perform('report', record),
    );
    await perform('finished', {});
  };
}
