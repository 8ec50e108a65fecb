import type { RawFrame } from '../protocol/frames';

/** Through these a timer is asked for; the frame above them is who asked. */
const TIMER_SCRIPT = /^node:(?:timers|timers\/promises|internal\/timers)$/;

/** Where a worker gets its ports; the port of a `BroadcastChannel`, which the program asks for, is made elsewhere. */
const WORKER_SCRIPT = /^node:internal\/worker(?:\/messaging)?$/;

/** Node makes these timers for the program: `AbortSignal.timeout()`. */
const ON_BEHALF = 'node:internal/abort_controller';

/**
 * Whether Node or the debugger opened a handle for itself, so that the program has nothing to close: a server's time-out
 * checks, the cached Date header, an undici keep-alive timer, the pipes of stdio, whatever a hidden debugger script made.
 */
export function isNodesOwn(type: string, stack: readonly RawFrame[]): boolean {
  // At the end of the program's stack there was no room to capture it: then nothing tells whose it is.
  if (stack.length === 0) return false;
  if (stack.some(({ url }) => url.startsWith('node:internal/bootstrap/'))) return true;
  const first = stack.find(({ url }) => !url.startsWith('node:'));
  if (first?.url.endsWith('.cdp')) return true;
  // A worker has ports of its own beside the one that the program sees as `worker.postMessage`.
  if (type === 'MESSAGEPORT' && WORKER_SCRIPT.test(stack.find(({ url }) => url !== '')?.url ?? '')) return true;
  if (type !== 'Timeout' && type !== 'Interval' && type !== 'Immediate') return false;
  const asker = stack.find(({ url }) => !TIMER_SCRIPT.test(url));
  return asker === undefined || (asker.url.startsWith('node:') && asker.url !== ON_BEHALF);
}
