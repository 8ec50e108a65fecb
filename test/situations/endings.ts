/** The ways in which a program can end. */
import type { Ending, Situation } from '../helpers/situation';

function ending(name: string, how: string, says: RegExp, ends: Ending = { code: 0 }): Situation {
  return { name, program: 'ends.cjs', runs: ['ends.cjs', how], ways: ['preloaded', 'alone'], ends, says };
}

export const ENDINGS: readonly Situation[] = [
  ending('an exception', 'throws', /Error: boom/, { code: 1 }),
  ending('an exception that is handled', 'handlesException', /handled boom/),
  ending('an exception in the handler', 'throwsInHandler', /Error: boom/, { code: 7 }),
  ending('a rejection', 'rejects', /Error: boom/, { code: 1 }),
  ending('a rejection that is handled', 'handlesRejection', /handled boom/),
  ending('process.exit in an exit handler', 'exitsInExit', /ends with 0/, { code: 7 }),
  ending('process.exit in a promise', 'exitsInPromise', /the end/, { code: 4 }),
  ending('process.exitCode', 'setsExitCode', /the end/, { code: 5 }),
  ending('work before the exit', 'worksBeforeExit', /still 2\nstill 1\nstill 0/),
  ending('process.abort', 'aborts', /the end/, { signal: 'SIGABRT' }),
  ending('SIGKILL', 'isKilled', /the end/, { signal: 'SIGKILL' }),
  ending('SIGTERM', 'isTerminated', /the end/, { signal: 'SIGTERM' }),
  ending('SIGTERM that is handled', 'handlesTermination', /was asked SIGTERM/),
  { name: 'an await at the top that never settles', program: 'unsettled.mjs', ends: { code: 13 }, says: /waits for nothing/ },
];
