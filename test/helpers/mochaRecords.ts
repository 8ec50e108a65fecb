/** Runs test files with Mocha and tells how each test ended, in the same form from every process. */
import { inspect } from 'node:util';
import Mocha from 'mocha';
import { GREP_VARIABLE, type TestRecord } from './driverProtocol';

/**
 * Calls `onRecord` as soon as a test has ended, so that a crash loses nothing that ran before it, and starts the next test
 * when the promise it gave has resolved, so that a picture of a failure shows that failure.
 */
export async function runMocha(files: string[], timeoutMs: number, onRecord: (record: TestRecord) => void | Promise<void>): Promise<void> {
  process.setSourceMapsEnabled(true);
  let told = Promise.resolve();
  const tell = (record: TestRecord) => (told = told.then(() => onRecord(record)));
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

/** The stack, and the two values of an assertion that compared some. */
function describe(error: unknown): string {
  if (!(error instanceof Error)) return inspect(error);
  const { actual, expected } = error as Error & { actual?: unknown; expected?: unknown };
  const values = actual === undefined && expected === undefined ? '' : `\nexpected: ${inspect(expected)}\nactual:   ${inspect(actual)}`;
  return (error.stack ?? error.message) + values;
}
