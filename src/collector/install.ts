import { COLLECTOR_PROTOCOL, COLLECTOR_SYMBOL } from '../protocol/collector';
import { Collector } from './collector';
import type { NativeAddon } from './nativeAddon';

/** What hangs on the program's global object. */
interface Marker {
  /** Absent between a stop and the next start. */
  collector?: Collector;
  /** Loaded addons by path. They stay for as long as the process: a second load of one file aborts it. */
  readonly addons: Map<string, NativeAddon>;
}

/** The collector of this process or worker: the one that is there, or a new one. */
export function install(): { collector: Collector; alreadyInjected: boolean } {
  const marker = findMarker() ?? createMarker();
  if (marker.collector?.protocol === COLLECTOR_PROTOCOL) return { collector: marker.collector, alreadyInjected: true };
  // One of another build: it must undo its own work before this one starts.
  marker.collector?.call('{"command":"stop"}');
  const collector = new Collector((path) => loadAddon(marker.addons, path), () => removeCollector(marker));
  marker.collector = collector;
  return { collector, alreadyInjected: false };
}

function findMarker(): Marker | undefined {
  return (globalThis as Record<symbol, unknown>)[Symbol.for(COLLECTOR_SYMBOL)] as Marker | undefined;
}

/** Not enumerable, so that test runners that look for leaked globals do not report it. */
function createMarker(): Marker {
  const marker: Marker = { addons: new Map() };
  Object.defineProperty(globalThis, Symbol.for(COLLECTOR_SYMBOL), { value: marker, configurable: true });
  return marker;
}

function removeCollector(marker: Marker): void {
  delete marker.collector;
  // A loaded addon cannot be unloaded; without one, nothing needs to be remembered.
  if (marker.addons.size === 0) Reflect.deleteProperty(globalThis, Symbol.for(COLLECTOR_SYMBOL));
}

/** `process.dlopen` and not `require`: no require hook sees it, and nothing is left in `require.cache`. */
function loadAddon(addons: Map<string, NativeAddon>, path: string): NativeAddon {
  let addon = addons.get(path);
  if (addon === undefined) {
    const module = { exports: {} as Partial<NativeAddon> };
    process.dlopen(module, path);
    const { heapProfiler, TimeProfiler } = module.exports;
    if (heapProfiler === undefined || TimeProfiler === undefined) throw new Error('it is another library');
    addon = { heapProfiler, TimeProfiler };
    addons.set(path, addon);
  }
  return addon;
}
