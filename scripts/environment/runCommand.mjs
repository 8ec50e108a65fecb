/** Runs a command to its end, quietly unless it fails. */
import { startGroup } from './processGroup.mjs';

/** Enough of the output to see what went wrong. */
const TAIL_CHARS = 4000;

/**
 * @param {string} command
 * @param {string[]} args
 * @param {import('node:child_process').SpawnOptions & { show?: boolean }} [options] `show`: print the output as it comes
 * @returns {Promise<string>} what it printed
 */
export async function runCommand(command, args, { show = false, ...options } = {}) {
  const { child, finished } = startGroup(command, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text) => {
      output += text;
      if (show) process.stdout.write(text);
    });
  }
  const code = await finished;
  if (code === 0) return output;
  const shown = show ? '' : `:\n${output.slice(-TAIL_CHARS).trim()}`;
  throw new Error(`"${[command, ...args].join(' ')}" ended with ${code}${shown}`);
}
