/**
 * Does what a user would do first, so that the demo shows the profiler at work: starts the workspace's first launch
 * configuration and opens the panel. With BIFROST_DEMO_OUT set it also writes what the extension's API gives, once all of it
 * is filled. An extension, since only those can reach commands and API.
 */
import { rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import * as vscode from 'vscode';

const POLL_MS = 500;

/** @param {vscode.ExtensionContext} context */
export function activate(context) {
  const window = { isOpen: true };
  context.subscriptions.push({ dispose: () => void (window.isOpen = false) });
  run(window).catch((error) => vscode.window.showErrorMessage(`The Bifrost demo did not start: ${error.message}`));
}

/** @param {{ isOpen: boolean }} window */
async function run(window) {
  const folder = vscode.workspace.workspaceFolders?.[0];
  if (!folder) throw new Error('no folder is open.');
  const [configuration] = vscode.workspace.getConfiguration('launch', folder.uri).get('configurations', []);
  if (!configuration) throw new Error(`${folder.name} has no launch configuration.`);
  const running = programStarted();
  const started = await vscode.debug.startDebugging(folder, configuration.name);
  if (!started) throw new Error(`"${configuration.name}" could not be started.`);
  await running;
  await vscode.commands.executeCommand('bifrost.showProfiler');
  await vscode.commands.executeCommand('workbench.view.debug');
  await vscode.commands.executeCommand('workbench.action.closePanel');
  const out = process.env.BIFROST_DEMO_OUT;
  if (out) await writeReports(out, window);
}

/** A launch first starts a session without a program; the program's own is a child of it. */
function programStarted() {
  return new Promise((resolve) => {
    const listener = vscode.debug.onDidStartDebugSession((session) => {
      if (session.configuration.__pendingTargetId === undefined) return;
      listener.dispose();
      resolve(undefined);
    });
  });
}

/**
 * Polls the API; waiting.txt tells meanwhile which parts are still empty.
 *
 * @param {string} out
 * @param {{ isOpen: boolean }} window
 */
async function writeReports(out, window) {
  const api = await vscode.extensions.getExtension('bifrost.bifrost-profiler')?.activate();
  while (window.isOpen) {
    const { profile, handles, empty } = await readAll(api);
    await writeWhole(path.join(out, 'waiting.txt'), empty.join(', '));
    if (empty.length === 0) {
      await vscode.commands.executeCommand('notifications.clearAll');
      await writeWhole(path.join(out, 'profile.json'), JSON.stringify(profile, undefined, 2));
      await writeWhole(path.join(out, 'handles.json'), JSON.stringify(handles, undefined, 2));
      return;
    }
    await delay(POLL_MS);
  }
}

/** What the API gives now, and what of it is still empty; while nothing can be read, the reason in its place. */
async function readAll(api) {
  try {
    const profile = await api.getProfile();
    const handles = await api.getHandles();
    return { profile, handles, empty: emptyParts(profile, handles) };
  } catch (error) {
    return { empty: [`all that the extension's API gives (${error.message})`] };
  }
}

function emptyParts(profile, handles) {
  const filled = {
    'inuse_allocations (of the profile)': profile?.inuse_allocations?.length > 0,
    'history (of the profile: at least 20 points)': profile?.history?.length >= 20,
    'groups (of the handles)': handles?.groups?.length > 0,
    'groups of category per_request (of the handles)': handles?.groups?.some((group) => group.category === 'per_request'),
  };
  return Object.keys(filled).filter((part) => !filled[part]);
}

/** Whoever waits for the file never sees half of it. @param {string} file @param {string} text */
async function writeWhole(file, text) {
  await writeFile(`${file}.new`, text);
  await rename(`${file}.new`, file);
}
