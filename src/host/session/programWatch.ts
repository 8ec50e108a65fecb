import * as l10n from '@vscode/l10n';
import type { Milliseconds } from '../../protocol/units';
import type { CdpConnection } from './cdpConnection';

export interface ProgramEvents {
  /** @param why In a few words for a person. @param isHeapFull V8 holds it, as its heap is full. */
  onPaused(why: string, isHeapFull: boolean): void;
  onResumed(): void;
  /** The program's own JavaScript context is gone: evaluating there crashes Node 20. */
  onContextGone(): void;
  /** A page has loaded another document. */
  onLoaded(): void;
}

/**
 * Hears from the debugger when the program is paused, resumed and gone. The proxy answers both `enable` commands itself,
 * with what happened before, as the debugger's domains are on already. It never sends a `disable`: the connection is
 * js-debug's own session.
 */
export async function watchProgram(connection: CdpConnection, events: ProgramEvents, timeout: Milliseconds): Promise<void> {
  let defaultContext: string | undefined;
  watchPauses(connection, events);
  connection.on('Runtime.executionContextCreated', ({ context }) => {
    // Only the program's word says that it is of this form.
    const created = context as { uniqueId?: string; auxData?: { isDefault?: unknown } } | null | undefined;
    if (created?.auxData?.isDefault === true) defaultContext = created.uniqueId;
  });
  connection.on('Runtime.executionContextDestroyed', ({ executionContextUniqueId }) => {
    if (defaultContext !== undefined && executionContextUniqueId === defaultContext) events.onContextGone();
  });
  const wanted = ['Debugger.paused', 'Debugger.resumed', 'Runtime.executionContextCreated', 'Runtime.executionContextDestroyed'];
  await connection.send('JsDebug.subscribe', { events: wanted }, timeout);
  await connection.send('Runtime.enable', undefined, timeout);
  await connection.send('Debugger.enable', {}, timeout);
}

/** Still to be subscribed to. */
export function watchPauses(connection: CdpConnection, events: Pick<ProgramEvents, 'onPaused' | 'onResumed'>): void {
  connection.on('Debugger.paused', (params) => events.onPaused(pauseReason(params), params.reason === 'OOM'));
  connection.on('Debugger.resumed', () => events.onResumed());
}

/** Only the program's word says that the event is of its form. */
function pauseReason({ reason, hitBreakpoints }: { readonly reason?: unknown; readonly hitBreakpoints?: unknown }): string {
  if (reason === 'OOM') return l10n.t('Heap nearly full');
  if (reason === 'exception' || reason === 'promiseRejection') return l10n.t('Exception');
  return Array.isArray(hitBreakpoints) && hitBreakpoints.length > 0 ? l10n.t('Breakpoint') : l10n.t('Paused');
}
