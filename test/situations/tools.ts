/** Programs that follow asynchronous work themselves, or lock the language down. */
import assert from 'node:assert/strict';
import { showsTimers, type Shown } from '../helpers/shownTimers';
import type { Situation } from '../helpers/situation';

const DD_TRACE = process.env.BIFROST_DD_TRACE ?? '';
const DD_SETTINGS = { DD_PROFILING_ENABLED: 'true', DD_TRACE_STARTUP_LOGS: 'false' };

/** V8 has one heap sampler, and the tracer was there first. */
function showsThatSamplerIsTaken(shown: Shown): void {
  showsTimers(shown);
  assert.match(shown.missing ?? '', /^Another heap profiler is running in this program/, shown.way);
}

export const TOOLS: readonly Situation[] = [
  { name: 'an async hook of its own', program: 'usesAsyncHooks.cjs', says: /made MINE \d+ by [^]*gone MINE/ },
  { name: 'AsyncLocalStorage', program: 'usesStorage.cjs', says: /in a timer first second\n[^]*answered a request/ },
  { name: 'promise hooks of its own', program: 'usesPromiseHooks.cjs', says: /counted \{"init":\d{3}/ },
  { name: 'OpenTelemetry’s context', program: 'usesOpenTelemetry.cjs', says: /outside undefined\nafter an await outer/ },
  { name: 'dd-trace, with its profiler', program: 'usesDatadog.cjs', nodeArguments: ['--require', `${DD_TRACE}/init`], env: DD_SETTINGS, shows: showsThatSamplerIsTaken, says: /serves \/orders in web\.request\nsame span true/ },
  { name: 'SES lockdown', program: 'locksDown.cjs', says: /from inside undefined\nlocked true true/ },
  { name: 'SES lockdown with tamed errors', program: 'locksDownStrictly.cjs', says: /locked/ },
];
