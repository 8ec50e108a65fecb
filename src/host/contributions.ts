/** Every id that package.json contributes, once, with its type: a test compares this table with package.json. */
import type * as vscode from 'vscode';
import type { PendingMode } from '../protocol/collector';
import type { Frame } from '../protocol/frames';
import type { PanelList } from '../protocol/panel';
import type { HandleRow } from '../protocol/profile';
import type { DeepCheckReport, HandlesReport, ProfileReport } from '../protocol/reports';

export const Command = {
  showProfiler: 'bifrost.showProfiler',
  startProfiler: 'bifrost.startProfiler',
  stopProfiler: 'bifrost.stopProfiler',
  openRawHandleDump: 'bifrost.openRawHandleDump',
  clearHistory: 'bifrost.clearHistory',
  markNow: 'bifrost.markNow',
  deepCheck: 'bifrost.deepCheck',
  collectGarbage: 'bifrost.collectGarbage',
  startAllocationRecording: 'bifrost.startAllocationRecording',
  stopAllocationRecording: 'bifrost.stopAllocationRecording',
  compareAllocations: 'bifrost.compareAllocations',
  exportProfile: 'bifrost.exportProfile',
  openSavedProfile: 'bifrost.openSavedProfile',
  takeCpuProfile: 'bifrost.takeCpuProfile',
  takeHeapSnapshot: 'bifrost.takeHeapSnapshot',
  toggleAllocationAnnotations: 'bifrost.toggleAllocationAnnotations',
  openSource: 'bifrost.openSource',
  copyStack: 'bifrost.copyStack',
  revealInPanel: 'bifrost.revealInPanel',
  hideFile: 'bifrost.hideFile',
  hideGroup: 'bifrost.hideGroup',
  unhideAll: 'bifrost.unhideAll',
  getProfile: 'bifrost.getProfile',
  getHandles: 'bifrost.getHandles',
  openFrame: 'bifrost.openFrame',
  reportIssue: 'bifrost.reportIssue',
} as const;

/** What each command takes and gives. One that is missing here or has no handler does not compile. */
export interface CommandHandlers {
  [Command.showProfiler]: () => Promise<void>;
  [Command.startProfiler]: (sessionId?: string) => Promise<void>;
  [Command.stopProfiler]: (sessionId?: string) => Promise<void>;
  [Command.openRawHandleDump]: (sessionId?: string) => Promise<void>;
  [Command.clearHistory]: (sessionId?: string) => void;
  [Command.markNow]: (sessionId?: string) => Promise<void>;
  /** Undefined when it was cancelled or failed: then the user has been told. */
  [Command.deepCheck]: (sessionId?: string) => Promise<DeepCheckReport | undefined>;
  [Command.collectGarbage]: (sessionId?: string) => Promise<void>;
  [Command.startAllocationRecording]: (sessionId?: string) => Promise<void>;
  [Command.stopAllocationRecording]: (sessionId?: string) => Promise<void>;
  [Command.compareAllocations]: (sessionId?: string) => Promise<void>;
  /** Without a file the user is asked for one, and for the format. Gives the file that was written; undefined for none. */
  [Command.exportProfile]: (sessionId?: string, file?: vscode.Uri) => Promise<vscode.Uri | undefined>;
  /** Without a file the user is asked for one. */
  [Command.openSavedProfile]: (file?: vscode.Uri) => Promise<void>;
  /** What the options leave open, the user is asked for. */
  [Command.takeCpuProfile]: (sessionId?: string, options?: { readonly seconds?: number; readonly file?: vscode.Uri }) => Promise<vscode.Uri | undefined>;
  /** Without a file the user is warned and asked for one. */
  [Command.takeHeapSnapshot]: (sessionId?: string, file?: vscode.Uri) => Promise<vscode.Uri | undefined>;
  [Command.toggleAllocationAnnotations]: () => void;
  /** From a row of a tree, as all down to `hideGroup`: the line that names it. */
  [Command.openSource]: (row: RowOnShow | undefined) => Promise<void>;
  [Command.copyStack]: (row: RowOnShow | undefined) => Promise<void>;
  /** Shows the row in the panel, opened. */
  [Command.revealInPanel]: (row: RowOnShow | undefined) => void;
  /** Hides the file that a group belongs to. */
  [Command.hideFile]: (row: RowOnShow | undefined) => void;
  [Command.hideGroup]: (row: RowOnShow | undefined) => void;
  [Command.unhideAll]: () => void;
  [Command.getProfile]: (sessionId?: string) => Promise<ProfileReport>;
  [Command.getHandles]: (sessionId?: string, options?: { raw?: boolean }) => Promise<HandlesReport>;
  [Command.openFrame]: (frame: Frame, sessionId: string, options?: { readonly preview?: boolean }) => Promise<void>;
  /** Opens versions, states and the log as a document, without anything of the user's. */
  [Command.reportIssue]: () => Promise<void>;
}

/**
 * What VS Code hands to a command of a tree's row. Undefined when the command was chosen in the few milliseconds in which rows
 * came, went or changed places, as VS Code knows none of them then.
 */
export interface RowOnShow {
  /** Stable over readings; the panel calls it the same. */
  readonly id: string;
  readonly list: PanelList;
  readonly sessionId: string;
  readonly label: string;
  readonly stack: readonly Frame[];
  /** In the tree of handles. */
  readonly row?: HandleRow;
}

export const View = { summary: 'bifrost.summary', allocations: 'bifrost.allocations', handles: 'bifrost.handles' } as const;

/** The panel's webview type. */
export const PANEL_TYPE = 'bifrost.profiler';

/** The scheme of read-only documents: raw dumps and results of deep checks. */
export const DUMP_SCHEME = 'bifrost-dump';

/** Colours of the annotations in the editor, as package.json contributes them. */
export const Color = {
  allocationsHigh: 'bifrost.allocationsHigh',
  allocationsMedium: 'bifrost.allocationsMedium',
  allocationsLow: 'bifrost.allocationsLow',
} as const;

export const ContextKey = {
  /** True while a session is profiled. */
  profiling: 'bifrost.profiling',
  /** True while groups or files are hidden: offers to show them again. */
  hasHidden: 'bifrost.hasHidden',
} as const;

/** What a row of a tree is and has, in the `when` of its context menu: one word each. */
export const TreeItemKind = {
  handleGroup: 'handleGroup',
  allocationSite: 'allocationSite',
  /** Its file is known, and so can be hidden. */
  withFile: 'withFile',
  withStack: 'withStack',
} as const;

/** Settings and their types, without the `bifrost.` in front. */
export interface Settings {
  profileOnLaunch: boolean;
  profileChildren: boolean;
  'history.intervalSeconds': number;
  'history.windowMinutes': number;
  'allocations.enabled': boolean;
  'allocations.samplingIntervalKiB': number;
  'allocations.cumulative': boolean;
  'allocations.limit': number;
  'allocations.saveNearHeapLimit': boolean;
  'handles.enabled': boolean;
  'handles.longWaitSeconds': number;
  'handles.stuckSeconds': number;
  'handles.backgroundPatterns': string[];
  'handles.perRequestPatterns': string[];
  'pendingOperations.mode': PendingMode;
  'pendingOperations.deepCheckSeconds': number;
  overheadBudgetPercent: number;
}

/** The default of a setting, and what else it may be. */
type Declared<T> = [T] extends [number]
  ? { readonly default: number; readonly minimum: number; readonly maximum: number }
  : [T] extends [string]
    ? { readonly default: T; readonly values: readonly T[] }
    : { readonly default: T };

/** Defaults and bounds as package.json declares them: a settings file may hold anything. */
export const SettingDefaults: { readonly [K in keyof Settings]: Declared<Settings[K]> } = {
  profileOnLaunch: { default: false },
  profileChildren: { default: true },
  'history.intervalSeconds': { default: 1, minimum: 0.25, maximum: 60 },
  'history.windowMinutes': { default: 5, minimum: 1, maximum: 60 },
  'allocations.enabled': { default: true },
  'allocations.samplingIntervalKiB': { default: 512, minimum: 8, maximum: 16_384 },
  'allocations.cumulative': { default: true },
  'allocations.limit': { default: 50, minimum: 1, maximum: 1_000 },
  'allocations.saveNearHeapLimit': { default: true },
  'handles.enabled': { default: true },
  'handles.longWaitSeconds': { default: 60, minimum: 1, maximum: 86_400 },
  'handles.stuckSeconds': { default: 60, minimum: 1, maximum: 86_400 },
  'handles.backgroundPatterns': { default: [] },
  'handles.perRequestPatterns': { default: [] },
  'pendingOperations.mode': { default: 'sampled', values: ['off', 'sampled', 'all'] },
  'pendingOperations.deepCheckSeconds': { default: 10, minimum: 1, maximum: 600 },
  overheadBudgetPercent: { default: 3, minimum: 0.1, maximum: 100 },
};
