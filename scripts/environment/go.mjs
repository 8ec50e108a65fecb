/** Go's own reader of pprof profiles (`go tool pprof`), which the exported ones are checked with. */
import { existsSync } from 'node:fs';
import { aptInstall, findOnPath, mayAptInstall } from './systemPackages.mjs';

const NAMES = ['go', 'go.exe'];

/** The path of Go. Installs Debian's when there is none and this user may. @returns {Promise<string>} */
export async function goBinary() {
  const named = process.env.BIFROST_GO;
  if (named && !existsSync(named)) throw new Error(`BIFROST_GO is set to ${named}, which does not exist.`);
  const found = named ?? findOnPath(NAMES);
  if (found) return found;
  if (!mayAptInstall()) throw new Error('No Go was found: install Go, or set BIFROST_GO to its path.');
  await aptInstall('Go', ['golang-go']);
  const installed = findOnPath(NAMES);
  if (!installed) throw new Error('apt-get installed Go, but no go command is on the PATH.');
  return installed;
}
