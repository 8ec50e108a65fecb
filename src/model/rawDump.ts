import type { Pause } from '../protocol/collector';
import type { RawFrame } from '../protocol/frames';
import type { ProgramClock } from '../protocol/units';
import type { CreationStack, OpenHandle } from './handleGroups';
import { handleKind } from './handleKinds';
import { waitingClock } from './pauses';

/** A dump is read by a person: past this many characters the rest is counted, not printed. */
const MAX_CHARACTERS = 4_000_000;

/**
 * Every open handle with its creation stack as text, oldest first, in the form of a goroutine dump:
 *
 *     handle 42 [TCP socket, open, 12.3 s, per_request]:
 *     connectToDatabase
 *     \t/app/src/pool.js:31:18
 */
export function rawDump(
  handles: Iterable<OpenHandle & { readonly asyncId: number }>,
  stacks: { readonly frames: readonly RawFrame[]; readonly stackOf: (key: number) => CreationStack },
  pauses: readonly Pause[],
  now: ProgramClock,
): string {
  const waited = waitingClock(pauses, now);
  const line = (index: number) => {
    const frame = stacks.frames[index];
    return frame ? `${frame.functionName || '(anonymous)'}\n\t${frame.url || '(native)'}:${frame.line}:${frame.column}\n` : '';
  };
  const oldestFirst = [...handles].sort((a, b) => a.createdAt - b.createdAt);
  let text = `${oldestFirst.length} open handles\n`;
  for (const [printed, handle] of oldestFirst.entries()) {
    if (text.length > MAX_CHARACTERS) return `${text}\n… and ${oldestFirst.length - printed} more handles\n`;
    const { label, state } = handleKind(handle.type);
    const { stack, causeStack } = stacks.stackOf(handle.stackKey);
    const seconds = (waited(handle.createdAt) / 1000).toFixed(1);
    text += `\nhandle ${handle.asyncId} [${label}, ${state}, ${seconds} s${handle.inRequest ? ', per_request' : ''}]:\n`;
    text += stack.map(line).join('');
    if (causeStack.length > 0) text += `caused by\n${causeStack.map(line).join('')}`;
  }
  return text;
}
