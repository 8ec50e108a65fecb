/** What Node.js can be told to do without, or to lock. */
import assert from 'node:assert/strict';
import type { Shown, Situation } from '../helpers/situation';
import { showsTimers } from '../helpers/shownTimers';

function showsWithoutAddon(shown: Shown): void {
  showsTimers(shown);
  if (shown.way !== 'alone') assert.match(shown.notes.join(' '), /native heap sampler is not used/);
}

function flags(...nodeArguments: readonly string[]): Pick<Situation, 'name' | 'program' | 'nodeArguments' | 'says'> {
  return { name: nodeArguments.join(' '), program: 'plain.cjs', nodeArguments, says: /plain function/ };
}

export const FLAGS: readonly Situation[] = [
  { ...flags('--no-addons'), shows: showsWithoutAddon },
  { ...flags('--permission', '--allow-inspector', '--allow-fs-read=*'), from: 24, shows: showsWithoutAddon },
  // It can read none of the extension's files, like a program on another machine.
  { ...flags('--permission', '--allow-inspector', '--allow-fs-read=plain.cjs'), from: 24, ways: ['late'], shows: showsWithoutAddon },
  // Before Node 24 nobody can debug under the permission model.
  { ...flags('--experimental-permission', '--allow-fs-read=*'), until: 22, ways: ['alone'] },
  flags('--frozen-intrinsics'),
  flags('--disallow-code-generation-from-strings'),
  flags('--disable-proto=delete'),
  flags('--disable-proto=throw'),
  flags('--jitless'),
  flags('--single-threaded'),
  flags('--pending-deprecation', '--throw-deprecation'),
  flags('--enable-source-maps', '--stack-trace-limit=1'),
];
