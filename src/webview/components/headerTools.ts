import * as l10n from '@vscode/l10n';
import type { Capability } from '../../protocol/capabilities';
import type { PanelCommand } from '../../protocol/panel';
import type { SessionInfo } from '../../protocol/reports';
import type { Host } from '../host';
import type { PageState } from '../state';
import { sizeTool, type PageSize } from './pageSize';
import { missingReason } from './reasons';
import { isRunning, STATE_LOOKS } from './sessionStates';
import type { Tool } from './toolbar';

/** What the header shows. */
export type HeaderState = Pick<PageState, 'sessions' | 'status' | 'current' | 'handles' | 'allocations'>;

/** What can be done with the program on show: what is used often, what stays in sight, and the rest. What is about allocations alone is above their list. */
export interface HeaderTools {
  readonly tools: readonly Tool[];
  readonly pinned: readonly Tool[];
  readonly more: readonly Tool[];
}

export function headerTools(state: HeaderState, session: SessionInfo, host: Host, size: PageSize): HeaderTools {
  const sessionId = session.id;
  const run = (command: PanelCommand) => () => host.post({ type: 'command', command, sessionId });
  const isRead = isRunning(session.state) && session.state !== 'connecting';
  const hasFigures = state.current !== null || state.allocations?.readAt != null;
  const exportTool: Tool = {
    id: 'export',
    text: l10n.t('Export…'),
    title: l10n.t('Save the profile: pprof, .heapprofile, speedscope, folded stacks or Bifrost’s own format'),
    icon: 'save',
    run: run('exportProfile'),
  };
  return {
    tools: [
      ...(isRead ? [markTool(state, sessionId, host)] : []),
      ...(hasFigures ? [exportTool] : []),
    ],
    pinned: [...(hasFigures ? [sizeTool(size)] : []), ...startOrStop(session, host)],
    more: isRead ? lessOftenUsed(state, sessionId, host, run) : [],
  };
}

/** A tool that says why it cannot be used, where the program does not give what it needs. */
function refused(tool: Tool, state: HeaderState, capability: Capability): Tool {
  const reason = missingReason(state, capability);
  return reason === undefined ? tool : { ...tool, title: reason, disabled: true };
}

type Run = (command: PanelCommand) => () => void;

function markTool({ handles, allocations }: HeaderState, sessionId: string, host: Host): Tool {
  const isMarked = handles?.markedAt != null || allocations?.baseline?.kind === 'mark';
  return {
    id: 'mark',
    text: l10n.t('Mark now'),
    title: isMarked
      ? l10n.t('Mark now: the lists then show what has changed since. The mark there is moves.')
      : l10n.t('Mark now: the lists then show what has changed since'),
    icon: 'bookmark',
    run: () => host.post({ type: 'markNow', sessionId }),
  };
}

function startOrStop(session: SessionInfo, host: Host): readonly Tool[] {
  const { action } = STATE_LOOKS[session.state];
  const sessionId = session.id;
  if (action === 'stop') return [{ id: 'stop', text: l10n.t('Stop profiling'), icon: 'debug-stop', run: () => host.post({ type: 'stop', sessionId }) }];
  if (action === 'start') return [{ id: 'start', text: l10n.t('Start profiling'), icon: 'play', primary: true, run: () => host.post({ type: 'start', sessionId }) }];
  return [];
}

function lessOftenUsed(state: HeaderState, sessionId: string, host: Host, run: Run): readonly Tool[] {
  const tools: readonly (readonly [Tool, Capability])[] = [
    [{ id: 'cpu-profile', text: l10n.t('Take a CPU profile…'), icon: 'dashboard', run: run('takeCpuProfile') }, 'cpuProfile'],
    [{ id: 'heap-snapshot', text: l10n.t('Take a heap snapshot…'), icon: 'device-camera', run: run('takeHeapSnapshot') }, 'heapSnapshot'],
    [
      {
        id: 'deep-check',
        text: l10n.t('Find abandoned awaits'),
        title: l10n.t('Follow every promise for a while, and list those that were thrown away while something still awaited them'),
        icon: 'search',
        run: () => host.post({ type: 'deepCheck', sessionId }),
      },
      'deepCheck',
    ],
    [{ id: 'raw-dump', text: l10n.t('Open the raw handle dump'), icon: 'output', run: () => host.post({ type: 'openRawHandleDump' }) }, 'rawDump'],
  ];
  return tools.map(([tool, capability]) => refused(tool, state, capability));
}
