import { COLLECTOR_PROTOCOL, COLLECTOR_SCRIPT } from '../protocol/collector';
import { builtin } from './builtins';
import type { Collector } from './collector';
import script from './install.script';
import { findMarker, type Marker } from './marker';
import { runInRealm } from './realm';

/**
 * The collector of this process or worker: the one that is there, or a new one in a realm of its own. Undefined while Node is
 * still setting the program up or loads a module of its own: ask again. Runs in the program's realm, like `realm.ts`.
 *
 * @throws Error when the program does not let it in.
 */
export function enter(bifrostRequire: NodeJS.Require | undefined): Collector | undefined {
  const there = findCollector();
  if (there) return there;
  if (!isSetUp()) return undefined;
  const found = findMarker(globalThis);
  // One of another build: it must undo its own work before this one starts.
  found?.collector?.call('{"command":"stop"}');
  const marker: Marker = found ?? ({ __proto__: null, addons: { __proto__: null } } as unknown as Marker);
  return runInRealm(script, COLLECTOR_SCRIPT, { program: globalThis, bifrostRequire, marker });
}

/** The collector of this build that is in the program already. */
export function findCollector(): Collector | undefined {
  const collector = findMarker(globalThis)?.collector;
  return collector?.protocol === COLLECTOR_PROTOCOL ? collector : undefined;
}

/** A worker that waits for its debugger, or a program started with `--inspect-wait`, can be asked before Node is through with it. */
function isSetUp(): boolean {
  return typeof builtin('node:process').pid === 'number';
}
