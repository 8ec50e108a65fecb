import { builtin } from './builtins';
import type { Collector } from './collector';
import type { Marker } from './marker';

/** What the collector's realm is given of the program: it has the language's built-ins, and nothing of Node's. */
export interface ProgramParts {
  /** The program's global object. */
  readonly program: object;
  /** Node's `process`, also where the program has put something else in its place. */
  readonly process: NodeJS.Process;
  readonly bifrostRequire: NodeJS.Require | undefined;
  readonly marker: Marker;
}

/**
 * Runs a script in a realm of its own: the same thread and heap, with built-ins that no program has patched, frozen or
 * deleted. `Array.prototype.map`, `JSON`, `Error.stackTraceLimit` and `Error.prepareStackTrace` of the program and of the
 * collector are then different objects, and neither notices what the other does with them. What comes from Node or from the
 * program is still of the program's realm: its arrays are copied (`ownArray`) before a method of theirs would be called.
 *
 * This file runs in the program's realm, after anything may have been done to it: it uses syntax and `node:vm` alone.
 *
 * @param script Evaluates to a function of the parts.
 * @param name What V8, its samplers and the debugger call the script.
 * @throws Error when the program offers no way to Node's own modules.
 */
export function runInRealm(script: string, name: string, parts: Omit<ProgramParts, 'process'>): Collector | undefined {
  const { Script, createContext } = builtin('node:vm');
  // Without a prototype: what a program adds to `Object.prototype` is no option of ours.
  const realm = createContext({ __proto__: null }, { __proto__: null, name: 'bifrost' } as object);
  const enter = new Script(script, { __proto__: null, filename: name } as object).runInContext(realm) as (parts: ProgramParts) => Collector | undefined;
  return enter({ ...parts, process: builtin('node:process') });
}
