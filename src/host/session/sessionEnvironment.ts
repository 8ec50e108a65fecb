import type { FileSourceMaps } from './fileSourceMaps';
import type { Logger } from './logger';
import type { ProfilerSettings } from './settings';

/** What a session needs from around it. */
export interface SessionEnvironment {
  /** The text of the built collector. */
  readonly collectorBundle: string;
  /** The folder of the installed `@datadog/pprof`. */
  readonly addonPackage: string;
  /** Whether the user trusts the workspace: nothing is put into a program before. */
  readonly isTrusted: () => boolean;
  readonly settings: () => ProfilerSettings;
  /** For what the debugger cannot map. */
  readonly sourceMaps: Pick<FileSourceMaps, 'original'>;
  readonly log: Logger;
}
