import type asyncHooks from 'node:async_hooks';
import type diagnosticsChannel from 'node:diagnostics_channel';
import type fs from 'node:fs';
import type inspector from 'node:inspector';
import type os from 'node:os';
import type perfHooks from 'node:perf_hooks';
import type v8 from 'node:v8';
import type vm from 'node:vm';
import type workerThreads from 'node:worker_threads';

interface Builtins {
  'node:async_hooks': typeof asyncHooks;
  'node:diagnostics_channel': typeof diagnosticsChannel;
  'node:fs': typeof fs;
  'node:inspector': typeof inspector;
  'node:os': typeof os;
  'node:perf_hooks': typeof perfHooks;
  'node:process': NodeJS.Process;
  'node:v8': typeof v8;
  'node:vm': typeof vm;
  'node:worker_threads': typeof workerThreads;
}

/** The `require` that the bundle was called with; undefined where there was none. */
declare const bifrostRequire: NodeJS.Require | undefined;

/** As it is when the collector comes: a preload has it before a program can take it away, or put its own in its place. */
const getBuiltinModule = typeof process === 'object' ? process.getBuiltinModule : undefined;

/** Whether Node's own modules can be loaded. */
export const hasBuiltins = typeof getBuiltinModule === 'function' || typeof bifrostRequire === 'function';

/**
 * One of Node's own modules. `process.getBuiltinModule` (Node ≥ 20.16, 22.3) first: the console's `require` calls
 * `Module.prototype.require`, which programs and tracers patch.
 *
 * @throws Error when the program offers neither.
 */
export function builtin<Name extends keyof Builtins>(name: Name): Builtins[Name] {
  const module: unknown =
    typeof getBuiltinModule === 'function'
      ? getBuiltinModule(name)
      : typeof bifrostRequire === 'function'
        ? bifrostRequire(name)
        : undefined;
  if (module === undefined) throw new Error(`The program does not let Bifrost load ${name}.`);
  return module as Builtins[Name];
}
