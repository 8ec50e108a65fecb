/**
 * The main script of a process that runs test files outside VS Code and sends its parent a record of each test.
 *
 *   node runMochaPart.js TIMEOUT_MS FILE…
 */
import type { TestRecord } from './driverProtocol';
import { runMocha } from './mochaRecords';

/** How long after the last test the process may take to end by itself. */
const LINGER_MS = 5000;

const [timeoutMs, ...files] = process.argv.slice(2);

/** A message without a record tells that all tests were through: a test that calls process.exit(0) ends this process too. */
const send = (message: TestRecord | 'finished'): void => void process.send?.(message);

async function main(): Promise<void> {
  await runMocha(files, Number(timeoutMs), send);
  send('finished');
  // The channel to the parent alone would keep this process alive.
  process.channel?.unref();
  setTimeout(() => {
    const left = process.getActiveResourcesInfo().join(', ');
    send({ title: 'after the last test', state: 'failed', durationMs: LINGER_MS, error: `Tests left something running: ${left}` });
    process.exit();
  }, LINGER_MS).unref();
}

void main();
