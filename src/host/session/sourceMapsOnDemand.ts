import type { FileSourceMaps, FileSourceMapsOptions } from './fileSourceMaps';
import type { SessionEnvironment } from './sessionEnvironment';

/** The maps of files, whose code is loaded with the first question: what the debugger maps needs none. */
export function sourceMapsOnDemand(options: FileSourceMapsOptions): SessionEnvironment['sourceMaps'] {
  let loading: Promise<FileSourceMaps> | undefined;
  const maps = () => (loading ??= import('./onConnection').then((loaded) => new loaded.FileSourceMaps(options)));
  return { original: async (file, line, column) => (await maps()).original(file, line, column) };
}
