/** Every id that package.json contributes, once, with its type: a test compares this table with package.json. */
import type * as vscode from 'vscode';
import type { PendingMode } from '../protocol/collector';
import type { Frame } from '../protocol/frames';
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
  hideFile: 'bifrost.hideFile',
  hideGroup: 'bifrost.hideGroup',
  unhideAll: 'bifrost.unhideAll',
  getProfile: 'bifrost.getProfile',
  getHandles: 'bifrost.getHandles',
  openFrame: 'bifrost.openFrame',
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
  /**
   * From the context menu of a group: the file that the group belongs to. Undefined when the tree was being drawn anew, as
   * VS Code does not know its rows then.
   */
  [Command.hideFile]: (node: GroupOnShow | undefined) => void;
  [Command.hideGroup]: (node: GroupOnShow | undefined) => void;
  [Command.unhideAll]: () => void;
  [Command.getProfile]: (sessionId?: string) => Promise<ProfileReport>;
  [Command.getHandles]: (sessionId?: string, options?: { raw?: boolean }) => Promise<HandlesReport>;
  [Command.openFrame]: (frame: Frame, sessionId: string) => Promise<void>;
}

/** What VS Code hands to a command in the context menu of a tree's row: here one that shows a group of handles. */
export interface GroupOnShow {
  readonly row: HandleRow;
}

export const View = { allocations: 'bifrost.allocations', handles: 'bifrost.handles' } as const;

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
  /** True while a session is profiled: shows the sidebar's views. */
  profiling: 'bifrost.profiling',
  /** True while groups or files are hidden: offers to show them again. */
  hasHidden: 'bifrost.hasHidden',
} as const;

/** What a row of a tree is, in the `when` of its context menu. */
export const TreeItemKind = {
  handleGroup: 'handleGroup',
  /** One whose file is known, and so can be hidden. */
  handleGroupWithFile: 'handleGroupWithFile',
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
  'handles.enabled': boolean;
  'handles.longWaitSeconds': number;
  'handles.stuckSeconds': number;
  'handles.backgroundPatterns': string[];
  'handles.perRequestPatterns': string[];
  'pendingOperations.mode': PendingMode;
  'pendingOperations.deepCheckSeconds': number;
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
  'handles.enabled': { default: true },
  'handles.longWaitSeconds': { default: 60, minimum: 1, maximum: 86_400 },
  'handles.stuckSeconds': { default: 60, minimum: 1, maximum: 86_400 },
  'handles.backgroundPatterns': { default: [] },
  'handles.perRequestPatterns': { default: [] },
  'pendingOperations.mode': { default: 'sampled', values: ['off', 'sampled', 'all'] },
  'pendingOperations.deepCheckSeconds': { default: 10, minimum: 1, maximum: 600 },
};
