/** Runs test files with Mocha and tells how each test ended, in the same form from every process. */
import { inspect } from 'node:util';
import Mocha from 'mocha';
import { GREP_VARIABLE, type TestRecord } from './driverProtocol';
import { withSourcePositions } from './sourcePositions';

/**
 * Calls `onRecord` as soon as a test has ended, so that a crash loses nothing that ran before it, and starts the next test
 * when the promise it gave has resolved, so that a picture of a failure shows that failure.
 */
export async function runMocha(files: string[], timeoutMs: number, onRecord: (record: TestRecord) => void | Promise<void>): Promise<void> {
  // Makes Node read the maps; the extension host formats stacks itself, so applying them is left to withSourcePositions.
  process.setSourceMapsEnabled(true);
  let told = Promise.resolve();
  const tell = (record: TestRecord) => {
    told = told.then(() => onRecord(record));
  };
  const grep = process.env[GREP_VARIABLE];
  const mocha = new Mocha({
    timeout: timeoutMs,
    reporter: Mocha.reporters.Base,
    rootHooks: { afterEach: () => told },
    ...(grep ? { fgrep: grep } : {}),
  });
  for (const file of files) mocha.addFile(file);
  await new Promise<void>((resolve) => {
    mocha
      .run(() => resolve())
      .on('pass', (test) => tell(record(test, 'passed')))
      .on('pending', (test) => tell(record(test, 'skipped')))
      // A hook that fails arrives here too, and its tests do not run.
      .on('fail', (test, error) => tell({ ...record(test, 'failed'), error: describe(error) }));
  });
  await told;
}

function record(test: Mocha.Runnable, state: TestRecord['state']): TestRecord {
  return { title: test.titlePath().join(' > '), state, durationMs: test.duration ?? 0 };
}

/** Node's assertions have the compared values in their message, so the stack has all. */
function describe(error: unknown): string {
  return error instanceof Error ? withSourcePositions(error.stack ?? error.message) : inspect(error);
}
