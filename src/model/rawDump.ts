import type { Pause } from '../protocol/collector';
import type { ProgramClock } from '../protocol/units';
import { labelOf, type HandleLookup, type OpenHandle } from './handleGroups';
import { handleKind } from './handleKinds';
import { waitingClock } from './pauses';
import { formatDelay } from './subjects';

/** A dump is read by a person: past this many characters the rest is counted, not printed. */
const MAX_CHARACTERS = 4_000_000;

const NO_STACK = {
  known: '',
  unread: '(creation stack not read yet)\n',
  notCaptured: '(no creation stack: too many were opened at once, and this one was left out of the sample)\n',
  earlier: '(no creation stack: open before Bifrost came)\n',
  empty: '(no creation stack: V8 could not capture it)\n',
} as const;

/**
 * Every open handle and pending operation with its creation stack as text, oldest first, in the form of a goroutine dump:
 * one line that can be searched, the stack, an empty line.
 *
 *     handle 42 [TCP socket, open, 12.3 s, to 10.0.0.7:5432, idle 3.1 s, keeps alive, per_request GET /users/:id, answered]:
 *     connectToDatabase
 *     \t/app/src/pool.js:31:18
 */
export function rawDump(handles: readonly OpenHandle[], lookup: HandleLookup, pauses: readonly Pause[], now: ProgramClock): string {
  const waited = waitingClock(pauses, now);
  const seconds = (since: ProgramClock) => `${(waited(since) / 1000).toFixed(1)} s`;
  const line = (index: number) => {
    const frame = lookup.frames[index];
    return frame ? `${frame.functionName || '(anonymous)'}\n\t${frame.url || '(native)'}:${frame.line}:${frame.column}\n` : '';
  };
  const oldestFirst = [...handles].sort((a, b) => a.createdAt - b.createdAt);
  const pending = oldestFirst.filter(({ kind }) => kind === 'pending').length;
  let text = `${oldestFirst.length - pending} open handles, ${pending} promises awaited${
    oldestFirst.some(({ kind, weight }) => kind === 'pending' && weight > 1) ? ' (a sample)' : ''
  }\n`;
  for (const [printed, handle] of oldestFirst.entries()) {
    if (text.length > MAX_CHARACTERS) return `${text}\n… and ${oldestFirst.length - printed} more\n`;
    const { origin, stack, causeStack } = lookup.stackOf(handle.stackKey);
    const { state } = handleKind(handle.type);
    const dueIn = lookup.dueInOf(handle);
    const facts = [
      labelOf(handle, lookup),
      handle.state || state,
      seconds(handle.createdAt),
      lookup.detailOf(handle),
      dueIn === null ? '' : `due in ${formatDelay(dueIn)}`,
      handle.activeAt === null ? '' : `idle ${seconds(handle.activeAt)}`,
      handle.keepsAlive === null ? '' : handle.keepsAlive ? 'keeps alive' : "unref'd",
      handle.request === null ? '' : `per_request ${handle.request.route}`,
      handle.request?.isFinished === true ? 'answered' : '',
      handle.kind === 'pending' && handle.weight > 1 ? `stands for ${handle.weight}` : '',
    ];
    text += `\n${handle.kind} ${handle.id} [${facts.filter((fact) => fact !== '').join(', ')}]:\n${NO_STACK[origin]}`;
    text += stack.map(line).join('');
    if (causeStack.length > 0) text += `caused by\n${causeStack.map(line).join('')}`;
  }
  return text;
}
