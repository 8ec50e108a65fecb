/** Messages between the extension host and the panel's page: one union per direction. */
import type { HandleSummary } from './collector';
import type { Frame } from './frames';
import type { AllocationListUpdate, HandleListUpdate, ListRequest, Members } from './lists';
import type { AllocationsFacts, CurrentFigures, HandlesView, Hidden, HiddenGroup, HistoryBand, HistoryEvent, HistoryPoint, Interval, SessionStatus } from './profile';
import type { ProcessesView } from './processes';
import type { SessionInfo } from './reports';

/** How the program's open handles look as a whole. */
export type Health = 'healthy' | 'longWait' | 'stuck';

/** What is known of handles as a whole; the rows are in lists. */
export interface HandlesFacts extends Omit<HandlesView, 'rows'> {
  /** Groups that were read, and those of them that the user has hidden. */
  readonly groups: number;
  readonly hiddenGroups: number;
  readonly members: Members;
  /** Which figures of the summary are estimates. */
  readonly estimates: Readonly<Record<keyof HandleSummary, boolean>>;
  /** Whether a stretch of the charts is selected, so that groups have `appeared`. */
  readonly hasInterval: boolean;
  /** What one must know to read `appeared`: a sentence each. */
  readonly arrivalNotes: readonly string[];
  /** R14, over what is not hidden. */
  readonly health: Health;
  readonly longWaits: number;
  readonly stuckMembers: number;
  /** Hidden groups that are problems. */
  readonly hiddenProblems: number;
}

/** Everything a page needs when it appears, but the rows of its lists, for which it asks. */
export interface PanelSnapshot {
  readonly sessions: readonly SessionInfo[];
  readonly processes: ProcessesView;
  readonly status: SessionStatus | null;
  readonly intervalSeconds: number;
  readonly windowSeconds: number;
  readonly history: readonly HistoryPoint[];
  readonly bands: readonly HistoryBand[];
  readonly events: readonly HistoryEvent[];
  readonly current: CurrentFigures | null;
  readonly allocations: AllocationsFacts | null;
  readonly handles: HandlesFacts | null;
  readonly hidden: Hidden;
  /** Folder paths that are cut from the front of the files shown. */
  readonly workspaceFolders: readonly string[];
}

export type ToPage =
  | { readonly type: 'snapshot'; readonly snapshot: PanelSnapshot }
  | { readonly type: 'sessions'; readonly sessions: readonly SessionInfo[]; readonly status: SessionStatus | null }
  /** At most twice a second. */
  | { readonly type: 'processes'; readonly processes: ProcessesView }
  | { readonly type: 'point'; readonly point: HistoryPoint; readonly current: CurrentFigures }
  /** All of them, in the order of their times: they change seldom. */
  | { readonly type: 'bands'; readonly bands: readonly HistoryBand[] }
  | { readonly type: 'events'; readonly events: readonly HistoryEvent[] }
  | { readonly type: 'allocations'; readonly allocations: AllocationsFacts }
  | { readonly type: 'handles'; readonly handles: HandlesFacts }
  | { readonly type: 'allocationList'; readonly update: AllocationListUpdate }
  | { readonly type: 'handleList'; readonly update: HandleListUpdate }
  | { readonly type: 'hidden'; readonly hidden: Hidden }
  | { readonly type: 'reveal'; readonly list: PanelList; readonly id: string };

/** The lists that have rows with a stack. */
export type PanelList = 'allocations' | 'handles';

/** What a button of the page asks for and says nothing more about. */
export const PANEL_COMMANDS = [
  'collectGarbage',
  'startAllocationRecording',
  'stopAllocationRecording',
  'compareAllocations',
  'exportProfile',
  'takeCpuProfile',
  'takeHeapSnapshot',
] as const;

export type PanelCommand = (typeof PANEL_COMMANDS)[number];

export type FromPage =
  | { readonly type: 'ready' }
  /** `preview`: only have a look, without leaving the panel. */
  | { readonly type: 'openFrame'; readonly sessionId: string; readonly frame: Frame; readonly preview?: boolean }
  | { readonly type: 'selectSession'; readonly sessionId: string }
  | { readonly type: 'start'; readonly sessionId: string }
  | { readonly type: 'stop'; readonly sessionId: string }
  | { readonly type: 'showProfiler' }
  | { readonly type: 'openRawHandleDump' }
  | { readonly type: 'markNow'; readonly sessionId: string }
  | { readonly type: 'deepCheck'; readonly sessionId: string }
  | { readonly type: 'command'; readonly command: PanelCommand; readonly sessionId: string }
  /** From now on the page shows this list, or another part of it, or shows it otherwise. */
  | { readonly type: 'watchList'; readonly request: ListRequest }
  | { readonly type: 'unwatchList'; readonly id: string }
  | { readonly type: 'copyText'; readonly text: string }
  | { readonly type: 'selectInterval'; readonly sessionId: string; readonly interval: Interval }
  | { readonly type: 'clearInterval'; readonly sessionId: string }
  | { readonly type: 'hideFile'; readonly file: string }
  | { readonly type: 'hideGroup'; readonly group: HiddenGroup }
  | { readonly type: 'unhideFile'; readonly file: string }
  | { readonly type: 'unhideGroup'; readonly groupId: string }
  | { readonly type: 'unhideAll' };
