/** What programs change of the language and of Node.js. */
import type { Situation } from '../helpers/situation';

export const PATCHES: readonly Situation[] = [
  { name: 'logs Module.prototype.require and Module._load', program: 'patchesRequire.cjs', says: /load node:os/ },
  { name: 'refuses require, Module._load, dlopen', program: 'refusesRequire.cjs', says: /refuses/ },
  { name: 'Error.prepareStackTrace of its own', program: 'preparesStacks.cjs', says: /formats x 4\nmine 4/ },
  { name: 'Error.prepareStackTrace that throws', program: 'throwsInStacks.cjs', says: /threw function/ },
  { name: 'Error.stackTraceLimit = 0', program: 'noStacks.cjs', says: /Error: x 0/ },
  { name: 'Error.stackTraceLimit = Infinity', program: 'endlessStacks.cjs', says: /endless Infinity/ },
  { name: 'frozen Error', program: 'freezesError.cjs', says: /frozen true/ },
  { name: 'replaced Error', program: 'replacesError.cjs', says: /made an error\ntrue/ },
  { name: 'fake clocks', program: 'fakesTimers.cjs', says: /tick 1500\ntick 2000\n2100/ },
  { name: 'all timers and clocks faked', program: 'fakesAllTimers.cjs', says: /not yet 1\nfired at 60000\npending 0/ },
  { name: 'replaced Promise', program: 'replacesPromise.cjs', says: /then 1/ },
  { name: 'logs Array.prototype', program: 'pollutesArrays.cjs', says: /0,extra/ },
  { name: 'logs reads of Object.prototype', program: 'pollutesObjects.cjs', says: /extra/ },
  { name: 'Object.prototype with a getter that throws', program: 'throwsInObjects.cjs', says: /pollutes/ },
  { name: 'logs and breaks JSON', program: 'patchesJson.cjs', says: /stringify/ },
  { name: 'logs Map, Set, WeakMap', program: 'patchesCollections.cjs', says: /2/ },
  { name: 'logs Function, String, RegExp, Object, Math', program: 'patchesFunctions.cjs', says: /patched 2/ },
  { name: 'deletes WeakRef, Map, Reflect, global …', program: 'deletesGlobals.cjs', says: /undefined undefined undefined/ },
  { name: 'replaces process', program: 'replacesProcess.cjs', says: /replaced none/ },
  { name: 'deletes process', program: 'deletesProcess.cjs', says: /deleted undefined/ },
  { name: 'freezes process', program: 'freezesProcess.cjs', says: /frozen 0/ },
  { name: 'logs every function of process', program: 'patchesProcess.cjs', ways: ['preloaded', 'alone'], says: /asked for uptime\nnumber/ },
  { name: 'logs EventEmitter.prototype', program: 'patchesEvents.cjs', says: /patched/ },
];
