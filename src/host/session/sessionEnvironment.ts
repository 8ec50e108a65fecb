import type { FileSourceMaps } from './fileSourceMaps';
import type { Logger } from './logger';
import type { ProfilerSettings } from './settings';

/** What a session needs from around it. */
export interface SessionEnvironment {
  /** The text of the built collector. */
  readonly collectorBundle: string;
  /** The folder of the installed `@datadog/pprof`. */
  readonly addonPackage: string;
  readonly settings: () => ProfilerSettings;
  /** For what the debugger cannot map. */
  readonly sourceMaps: FileSourceMaps;
  readonly log: Logger;
}
