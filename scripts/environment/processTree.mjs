/** Finds the process groups below a process. */
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

/** @typedef {{ pid: number, parent: number, group: number }} ProcessRow */

/**
 * The process groups of `pid` and of everything it started. More than one: a program debugged in a terminal leads a
 * session of its own, which a signal to the server's group does not reach.
 *
 * @param {number} pid leads a group of its own
 * @returns {number[]}
 */
export function groupsBelow(pid) {
  const rows = process.platform === 'linux' ? rowsFromProc() : rowsFromPs();
  const groups = new Set([pid]);
  const known = new Set([pid]);
  for (let grew = true; grew; ) {
    grew = false;
    for (const row of rows) {
      if (known.has(row.pid) || !(known.has(row.parent) || groups.has(row.group))) continue;
      known.add(row.pid);
      groups.add(row.group);
      grew = true;
    }
  }
  return [...groups];
}

/** From /proc: `ps` is missing in small images. @returns {ProcessRow[]} */
function rowsFromProc() {
  return readdirSync('/proc').filter((name) => /^\d+$/.test(name)).flatMap((name) => {
    const stat = readStat(name);
    if (stat === undefined) return [];
    // The command's name is in parentheses and may itself contain parentheses and spaces.
    const [, parent, group] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return [{ pid: Number(name), parent: Number(parent), group: Number(group) }];
  });
}

/** @param {string} pid @returns {string | undefined} undefined when the process ended since it was listed */
function readStat(pid) {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8');
  } catch (error) {
    if (error.code === 'ENOENT' || error.code === 'ESRCH') return undefined;
    throw error;
  }
}

/** @returns {ProcessRow[]} */
function rowsFromPs() {
  const lines = execFileSync('ps', ['-A', '-o', 'pid=,ppid=,pgid='], { encoding: 'utf8' }).trim().split('\n');
  return lines.map((line) => {
    const [pid, parent, group] = line.trim().split(/\s+/).map(Number);
    return { pid, parent, group };
  });
}
