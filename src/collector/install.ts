/** Entry of the script that runs in the collector's realm: see `realm.ts`. */
import { COLLECTOR_SYMBOL } from '../protocol/collector';
import { Collector } from './collector';
import type { Marker } from './marker';
import type { NativeAddon } from './nativeAddon';
import { isNodeLoading } from './nodesLoader';
import type { ProgramParts } from './realm';

/**
 * Puts a new collector on the marker, and the marker on the program's global object. Undefined, and nothing is done, while
 * Node loads a module. @throws Error when the program's global object is closed.
 */
export function install({ program, process, marker }: ProgramParts): Collector | undefined {
  if (isNodeLoading()) return undefined;
  // As it is when the collector comes: a program may put a function of its own in its place.
  const { dlopen } = process;
  const load = (module: object, path: string) => Reflect.apply(dlopen, process, [module, path]);
  const collector = new Collector((path) => loadAddon(load, marker, path), () => removeCollector(program, marker));
  // Not enumerable, so that test runners that look for leaked globals do not report it.
  if (!Reflect.defineProperty(program, Symbol.for(COLLECTOR_SYMBOL), { value: marker, configurable: true })) {
    throw new Error('The program has closed its global object, so that nothing can be added');
  }
  marker.collector = collector;
  return collector;
}

function removeCollector(program: object, marker: Marker): void {
  delete marker.collector;
  // A loaded addon cannot be unloaded; without one, nothing needs to be remembered.
  if (Object.keys(marker.addons).length === 0) Reflect.deleteProperty(program, Symbol.for(COLLECTOR_SYMBOL));
}

/** @param load `process.dlopen` and not `require`: no require hook sees it, and nothing is left in `require.cache`. */
function loadAddon(load: (module: object, path: string) => void, { addons }: Marker, path: string): NativeAddon {
  const loaded = addons[path];
  if (loaded !== undefined) return loaded;
  const module = { exports: {} as Partial<NativeAddon> };
  load(module, path);
  const { heapProfiler, TimeProfiler } = module.exports;
  if (heapProfiler === undefined || TimeProfiler === undefined) throw new Error('it is another library');
  return (addons[path] = { heapProfiler, TimeProfiler });
}
