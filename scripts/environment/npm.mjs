/** Runs npm. */
import { runCommand } from './runCommand.mjs';

/** Nothing that is installed here needs its install script, and many of those download from elsewhere. */
const QUIET = ['--ignore-scripts', '--no-audit', '--no-fund', '--no-update-notifier', '--loglevel=error'];

/**
 * @param {string} folder
 * @param {...string} args
 */
export async function npm(folder, ...args) {
  const env = { ...process.env };
  // Set by `npm run` to the checkout; the installs here are for other folders.
  delete env.npm_config_local_prefix;
  const all = [...args, ...QUIET, '--prefix', folder];
  // Under `npm run` this is the npm that is running; it needs no shell, which npm.cmd on Windows does.
  const running = process.env.npm_execpath;
  if (running?.endsWith('npm-cli.js')) await runCommand(process.execPath, [running, ...all], { cwd: folder, env });
  else await runCommand('npm', all, { cwd: folder, env, shell: process.platform === 'win32' });
}
