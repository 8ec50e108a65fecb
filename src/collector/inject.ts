/**
 * Entry of the bundle that the host evaluates in a running program. Its value, `reply`, answers the `hello` that every
 * connection begins with.
 */
import type { CollectorReply, Hello } from '../protocol/collector';
import { install } from './install';

export const reply: string = inject();

function inject(): string {
  try {
    const { collector, alreadyInjected } = install();
    const answer = JSON.parse(collector.call('{"command":"hello"}')) as CollectorReply<Hello>;
    return JSON.stringify(answer.ok ? { ok: true, value: { ...answer.value, alreadyInjected } } : answer);
  } catch (error) {
    // Also when the program put something of its own in the collector's place.
    return JSON.stringify({ ok: false, error: { code: 'internal', message: `The collector does not work in this program: ${String(error)}` } });
  }
}
