/** Starts the VS Code server: a real extension host and js-debug, whose workbench is a page for a browser. */
import { createWriteStream } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { startGroup } from './environment/processGroup.mjs';
import { makeTempFolder } from './environment/tempFolder.mjs';
import { logTail } from './logTail.mjs';
import { waitUntil } from './waitUntil.mjs';
import { writeUserSettings } from './workbenchSettings.mjs';

const START_TIMEOUT_MS = 60_000;
const LISTENING = /Extension host agent listening on (\d+)/;

/** @typedef {Awaited<ReturnType<typeof startVscodeServer>>} VscodeServer */

/**
 * @param {object} options
 * @param {import('./environment/bootstrap.mjs').Environment} options.environment
 * @param {Record<string, string>} [options.env] reaches every extension host, and what is debugged from there
 * @param {Record<string, unknown>} [options.settings]
 * @param {boolean} [options.smokeTestDriver] without it the page ignores the payload that names the extension under test
 * @param {string[]} [options.vsixFiles] extensions to install before
 */
export async function startVscodeServer({ environment, env = {}, settings = {}, smokeTestDriver = false, vsixFiles = [] }) {
  const folder = await makeTempFolder('server');
  const { dir } = folder;
  const userDataDir = path.join(dir, 'data');
  const logFile = path.join(dir, 'server.log');
  const folders = ['--server-data-dir', dir, '--extensions-dir', path.join(dir, 'extensions')];
  await mkdir(path.join(dir, 'extensions'));
  await writeUserSettings(userDataDir, settings);
  const start = (/** @type {string[]} */ ...args) => {
    const group = startGroup(environment.nodes[24], [environment.server, ...folders, '--accept-server-license-terms', ...args], {
      // An empty gallery: none is asked for updates or recommendations.
      env: { ...process.env, EXTENSIONS_GALLERY: '{}', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const log = createWriteStream(logFile, { flags: 'a' });
    for (const stream of [group.child.stdout, group.child.stderr]) stream.pipe(log, { end: false });
    return group;
  };

  for (const file of vsixFiles) {
    const code = await start('--install-extension', file, '--force').finished;
    if (code !== 0) throw new Error(`VS Code could not install ${path.basename(file)}.\n${await logTail(logFile)}`);
  }

  const group = start(
    // Else the extension host takes the PATH of a login shell, and programs run on whichever Node.js that finds.
    '--force-disable-user-env',
    ...['--host', '127.0.0.1', '--port', '0', '--without-connection-token'],
    ...['--telemetry-level', 'off', '--disable-workspace-trust'],
    ...(smokeTestDriver ? ['--enable-smoke-test-driver'] : []),
  );
  let ended = /** @type {number | string | undefined} */ (undefined);
  let onEnd = /** @type {(code: number | string) => void} */ (() => undefined);
  void group.finished.then((code) => {
    ended = code;
    onEnd(code);
  });
  const stop = async () => {
    await group.stop();
    await folder.remove();
  };
  const port = await waitUntil('the VS Code server to listen', START_TIMEOUT_MS, async () => {
    const found = LISTENING.exec(await readFile(logFile, 'utf8').catch(emptyWhenMissing));
    if (found) return Number(found[1]);
    if (ended !== undefined) throw new Error(`The VS Code server ended with ${ended}.\n${await logTail(logFile)}`);
  }).catch(async (error) => {
    await stop();
    throw error;
  });
  return {
    dir,
    port,
    url: `http://127.0.0.1:${port}`,
    /** Called when the server ends, asked to or not. */
    set onEnd(/** @type {(code: number | string) => void} */ listener) {
      onEnd = listener;
      if (ended !== undefined) listener(ended);
    },
    logTail: () => logTail(logFile),
    /** Undoes what an earlier workbench changed: the settings are the server's. For a workbench opened afterwards. */
    resetSettings: () => writeUserSettings(userDataDir, settings),
    stop,
  };
}

/** @param {NodeJS.ErrnoException} error */
function emptyWhenMissing(error) {
  if (error.code === 'ENOENT') return '';
  throw error;
}
