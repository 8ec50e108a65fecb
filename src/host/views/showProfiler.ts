import * as vscode from 'vscode';
import { suitability, whyUnsupported } from '../session/debugTargets';
import { preloadingEnvironment } from '../session/launchPreload';
import type { ProfiledSession } from '../session/profiledSession';
import type { Profiler } from '../session/profiler';
import type { ProfilerPanel } from './panel';

interface Choice extends vscode.QuickPickItem {
  /** Starts a debug session whose program is then profiled; false when none was started. */
  readonly debug: () => Thenable<boolean>;
}

/**
 * "Bifrost: Show Profiler". With a program that is being debugged: profiles it and shows the panel; again: brings the
 * panel to the front. With none: offers to start one. With one that can't be profiled: says so and why, and offers that too.
 *
 * @param preload Absolute path of the built preload.
 */
export async function showProfiler(profiler: Profiler, panel: ProfilerPanel, preload: string): Promise<void> {
  const session = profiler.find();
  if (session && session.info.state !== 'ended' && session.info.state !== 'saved') {
    panel.show();
    await profiler.start(session);
    return;
  }
  if (session) panel.show();
  if (profiler.isProgramStarting) {
    profiler.expectProgram();
    panel.show();
    return;
  }
  const unsupported = profiler.unsupported;
  if (unsupported) {
    const start = vscode.l10n.t('Debug a Node.js Program');
    if ((await vscode.window.showWarningMessage(whyUnsupported(unsupported), start)) !== start) return;
  }
  await offerToDebug(profiler, panel, { ended: session, preload });
}

async function offerToDebug(profiler: Profiler, panel: ProfilerPanel, { ended, preload }: { ended: ProfiledSession | undefined; preload: string }): Promise<void> {
  const choice = await vscode.window.showQuickPick(debugChoices(preload), {
    title: vscode.l10n.t('Bifrost: Show Profiler'),
    placeHolder: ended
      ? vscode.l10n.t('The program has ended. What should be debugged and profiled?')
      : vscode.l10n.t('No program or page is being debugged. What should be debugged and profiled?'),
    matchOnDescription: true,
  });
  if (choice === undefined) return;
  profiler.expectProgram();
  panel.show();
  // Cancelled, or failed with a message of VS Code's own: the next launch is not the one that was asked for.
  if (!(await choice.debug())) profiler.expectNothing();
}

function debugChoices(preload: string): Choice[] {
  const choices: Choice[] = [];
  const editor = vscode.window.activeTextEditor;
  if (editor && isNodeSource(editor.document)) {
    const file = editor.document.uri;
    choices.push({
      label: `$(debug-alt) ${vscode.l10n.t('Debug the Current File')}`,
      description: vscode.workspace.asRelativePath(file),
      debug: () => vscode.debug.startDebugging(vscode.workspace.getWorkspaceFolder(file), currentFile(file)),
    });
  }
  choices.push(
    ...launchChoices(),
    {
      label: `$(terminal) ${vscode.l10n.t('Open a JavaScript Debug Terminal')}`,
      description: vscode.l10n.t('what is started there next is profiled from its first line'),
      debug: () => openDebugTerminal(preload),
    },
    {
      label: `$(plug) ${vscode.l10n.t('Attach to a Node.js Process…')}`,
      description: vscode.l10n.t('choose one that runs on this machine'),
      debug: () => startAttaching({ processId: '${command:PickProcess}' }),
    },
    {
      label: `$(plug) ${vscode.l10n.t('Attach by Port…')}`,
      description: vscode.l10n.t('to a program that was started with --inspect'),
      debug: async () => {
        const port = await askForPort();
        return port !== undefined && startAttaching({ address: '127.0.0.1', port });
      },
    },
  );
  return choices;
}

/** The launch configurations of every folder that run Node.js, or a page in a browser. */
function launchChoices(): Choice[] {
  return (vscode.workspace.workspaceFolders ?? []).flatMap((folder) => {
    const configurations: unknown = vscode.workspace.getConfiguration('launch', folder.uri).get('configurations');
    if (!Array.isArray(configurations)) return [];
    return (configurations as Partial<vscode.DebugConfiguration>[])
      .filter((configuration): configuration is vscode.DebugConfiguration => {
        const { type, name } = configuration;
        return typeof type === 'string' && typeof name === 'string' && suitability({ type, configuration: configuration as vscode.DebugConfiguration }) !== 'unsupported';
      })
      .map(({ name, request }) => ({
        label: `$(debug-start) ${name}`,
        description:
          request === 'attach' ? vscode.l10n.t('attach configuration in {0}', folder.name) : vscode.l10n.t('launch configuration in {0}', folder.name),
        debug: () => vscode.debug.startDebugging(folder, name),
      }));
  });
}

function currentFile(file: vscode.Uri): vscode.DebugConfiguration {
  return { type: 'node', request: 'launch', name: vscode.l10n.t('Debug Current File'), program: file.fsPath, skipFiles: ['<node_internals>/**'] };
}

function startAttaching(to: { processId: string } | { address: string; port: number }): Thenable<boolean> {
  const configuration = { type: 'node', request: 'attach', name: vscode.l10n.t('Attach'), skipFiles: ['<node_internals>/**'], ...to };
  return vscode.debug.startDebugging(vscode.workspace.workspaceFolders?.[0], configuration);
}

/** js-debug sets up the environment of such a terminal itself, before there is a session to prepare. */
async function openDebugTerminal(preload: string): Promise<true> {
  await vscode.commands.executeCommand('extension.js-debug.createDebuggerTerminal', undefined, vscode.workspace.workspaceFolders?.[0], {
    env: preloadingEnvironment({}, preload),
  });
  return true;
}

async function askForPort(): Promise<number | undefined> {
  const isPort = (text: string) => /^\d+$/.test(text) && Number(text) > 0 && Number(text) < 65_536;
  const text = await vscode.window.showInputBox({
    title: vscode.l10n.t('Attach by Port'),
    prompt: vscode.l10n.t('Port of the program’s inspector'),
    value: '9229',
    validateInput: (value) => (isPort(value.trim()) ? undefined : vscode.l10n.t('A port is a number from 1 to 65535.')),
  });
  return text === undefined ? undefined : Number(text.trim());
}

/** What Node.js 20 and later, or js-debug for it, can run as it is. */
function isNodeSource({ languageId, uri }: vscode.TextDocument): boolean {
  return uri.scheme === 'file' && (languageId === 'javascript' || /\.[cm]?[jt]s$/.test(uri.path));
}
