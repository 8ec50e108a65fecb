import { ownArray } from '../model/ownArray';

/**
 * Asks a question about the frames that are on the stack, which the debugger may have interrupted anywhere: also the collector
 * itself, while it captures or formats stacks. V8 does both by what is set in the realm that captured, so that is put back.
 *
 * @param depth Frames looked at. Not `Infinity`: where a debugger interrupts, V8 14.6 dies of it ("Check failed: new_capacity > 0").
 * @returns Null where V8 was interrupted while it formats a stack: it then asks nobody.
 */
export function lookAtStack(depth: number, question: (sites: readonly NodeJS.CallSite[]) => boolean): boolean | null {
  const { stackTraceLimit, prepareStackTrace } = Error;
  const capture: { readonly stack?: unknown } = {};
  try {
    Error.stackTraceLimit = depth;
    Error.captureStackTrace(capture);
    Error.prepareStackTrace = (_error, sites) => question(ownArray(sites));
    return typeof capture.stack === 'boolean' ? capture.stack : null;
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
    Error.prepareStackTrace = prepareStackTrace;
  }
}
