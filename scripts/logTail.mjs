/** Shows the end of a log of VS Code. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';

const LINES = 25;

/**
 * Left out: stacks of minified code, the copy of each message that has colours, and what the server says of the optional
 * native modules it goes without.
 */
const NOISE = [
  /^\s*$/,
  /^\s*(at |→|'\/|tries: \[|\]|\}|Require stack|- \/|code: 'ERR_MODULE)/,
  /%c|spdlog|watchdog|vsda|AccountPolicyGate|Canceled|Failed to load resource|Ignoring fetching/,
];

/** @param {string} file */
export async function logTail(file) {
  if (!existsSync(file)) return `${file} is missing.`;
  const lines = (await readFile(file, 'utf8')).split('\n').filter((line) => !NOISE.some((noise) => noise.test(line)));
  return `${file} ends with:\n${lines.slice(-LINES).map((line) => line.slice(0, 300)).join('\n')}`;
}
