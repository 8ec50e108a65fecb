/** The VS Code server and workbench, from the npm package code-server. */
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { cached } from './cacheFolder.mjs';
import { npm } from './npm.mjs';
import { withProgress } from './progress.mjs';

const VERSION = '4.139.1';

/** The server itself; code-server's own wrapper adds a login and an update check. */
const SERVER = path.join('node_modules', 'code-server', 'lib', 'vscode');

/** Big, or noisy where its binary is missing, and never used by a debug session. */
const UNUSED = ['extensions/copilot', 'node_modules/@github', 'node_modules/@microsoft/mxc-sdk', 'node_modules/@vscode/spdlog'];

/**
 * The path of the server's main script, installed when it is not there. It wants Node.js 24.
 *
 * @returns {Promise<string>}
 */
export async function serverScript() {
  const folder = await cached(`code-server-${VERSION}`, (staging) =>
    withProgress(`Installing the VS Code server (code-server ${VERSION})`, async () => {
      await npm(staging, 'install', `code-server@${VERSION}`);
      const server = path.join(staging, SERVER);
      await npm(server, 'install', '--omit=dev');
      for (const part of UNUSED) await rm(path.join(server, part), { recursive: true, force: true });
    }),
  );
  return path.join(folder, SERVER, 'out', 'server-main.js');
}
