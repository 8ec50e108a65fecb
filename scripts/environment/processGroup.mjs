/** Starts a process in a group of its own, and ends the whole group. */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { onExit } from './cleanUp.mjs';
import { groupsBelow } from './processTree.mjs';

/** How long a group may take to end when asked, before it is killed. */
const POLITE_MS = 5000;

/**
 * @param {string} command
 * @param {string[]} args
 * @param {import('node:child_process').SpawnOptions} options
 */
export function startGroup(command, args, options = {}) {
  // A leader's group can be signalled as one, and Ctrl-C in the terminal does not reach it before our own clean-up.
  const child = spawn(command, args, { ...options, detached: process.platform !== 'win32' });
  const closed = once(child, 'close');
  const forget = onExit(() => kill(child.pid));
  closed.then(forget, forget);
  return {
    child,
    /** Resolves with the exit code, or the signal's name, when the process has ended and its output is read. */
    finished: closed.then(([code, signal]) => /** @type {number | string} */ (code ?? signal)),
    /** Ends the process and everything it started. */
    async stop() {
      await stop(child);
      forget();
    },
  };
}

/** @param {import('node:child_process').ChildProcess} child */
async function stop(child) {
  if (child.pid === undefined) return;
  if (process.platform === 'win32') return void kill(child.pid);
  // Listed before the first signal: orphans no longer tell whose they were.
  const groups = groupsBelow(child.pid);
  for (const group of groups) signal(group, 'SIGTERM');
  for (const deadline = Date.now() + POLITE_MS; Date.now() < deadline; await delay(50)) {
    if (!groups.some((group) => signal(group, 0))) return;
  }
  for (const group of groups) signal(group, 'SIGKILL');
}

/** At once and synchronously. @param {number | undefined} pid */
function kill(pid) {
  if (pid === undefined) return;
  if (process.platform === 'win32') spawnSync('taskkill', ['/pid', String(pid), '/T', '/F'], { stdio: 'ignore' });
  else for (const group of groupsBelow(pid)) signal(group, 'SIGKILL');
}

/** @param {number} group @param {NodeJS.Signals | 0} name @returns {boolean} false when the group has ended */
function signal(group, name) {
  try {
    process.kill(-group, name);
    return true;
  } catch (error) {
    if (error.code === 'ESRCH') return false;
    throw error;
  }
}
