/** Programs that follow asynchronous work themselves, or lock the language down. */
import type { Situation } from '../helpers/situation';

export const TOOLS: readonly Situation[] = [
  { name: 'an async hook of its own', program: 'usesAsyncHooks.cjs', says: /made MINE \d+ by [^]*gone MINE/ },
  { name: 'AsyncLocalStorage', program: 'usesStorage.cjs', says: /in a timer first second\n[^]*answered a request/ },
  { name: 'promise hooks of its own', program: 'usesPromiseHooks.cjs', says: /counted \{"init":\d{3}/ },
  { name: 'OpenTelemetry’s context', program: 'usesOpenTelemetry.cjs', says: /outside undefined\nafter an await outer/ },
  { name: 'SES lockdown', program: 'locksDown.cjs', says: /from inside undefined\nlocked true true/ },
  { name: 'SES lockdown with tamed errors', program: 'locksDownStrictly.cjs', says: /locked/ },
];
