/** Every id that package.json contributes, once, with its type: a test compares this table with package.json. */
import type { Frame } from '../protocol/frames';
import type { HandlesReport, ProfileReport } from '../protocol/reports';

export const Command = {
  showProfiler: 'bifrost.showProfiler',
  startProfiler: 'bifrost.startProfiler',
  stopProfiler: 'bifrost.stopProfiler',
  openRawHandleDump: 'bifrost.openRawHandleDump',
  clearHistory: 'bifrost.clearHistory',
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
  [Command.getProfile]: (sessionId?: string) => Promise<ProfileReport>;
  [Command.getHandles]: (sessionId?: string, options?: { raw?: boolean }) => Promise<HandlesReport>;
  [Command.openFrame]: (frame: Frame, sessionId: string) => Promise<void>;
}

export const View = { allocations: 'bifrost.allocations', handles: 'bifrost.handles' } as const;

/** The panel's webview type. */
export const PANEL_TYPE = 'bifrost.profiler';

/** The scheme of read-only documents: raw dumps. */
export const DUMP_SCHEME = 'bifrost-dump';

export const ContextKey = {
  /** True while a session is profiled: shows the sidebar's views. */
  profiling: 'bifrost.profiling',
} as const;

/** Settings and their types, without the `bifrost.` in front. */
export interface Settings {
  profileOnLaunch: boolean;
  'history.intervalSeconds': number;
  'history.windowMinutes': number;
  'allocations.samplingIntervalKiB': number;
  'allocations.limit': number;
  'handles.longWaitSeconds': number;
  'handles.backgroundPatterns': string[];
  'handles.perRequestPatterns': string[];
}

/** Defaults and bounds as package.json declares them: a settings file may hold anything. */
export const SettingDefaults: { readonly [K in keyof Settings]: Settings[K] extends number ? { default: number; minimum: number; maximum: number } : { default: Settings[K] } } = {
  profileOnLaunch: { default: false },
  'history.intervalSeconds': { default: 1, minimum: 0.25, maximum: 60 },
  'history.windowMinutes': { default: 5, minimum: 1, maximum: 60 },
  'allocations.samplingIntervalKiB': { default: 512, minimum: 8, maximum: 16_384 },
  'allocations.limit': { default: 50, minimum: 1, maximum: 1_000 },
  'handles.longWaitSeconds': { default: 60, minimum: 1, maximum: 86_400 },
  'handles.backgroundPatterns': { default: [] },
  'handles.perRequestPatterns': { default: [] },
};
