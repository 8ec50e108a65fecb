import type * as vscode from 'vscode';
import { commandHandlers } from './commands';
import type { CommandHandlers } from './contributions';
import { ProfilerRequests } from './export/profilerRequests';
import { toolAnswer } from './export/toolAnswers';
import type { ToolName } from './export/toolInputs';
import type { HiddenStore } from './session/hiddenStore';
import { LocatedSources } from './session/locatedSources';
import type { LogMemory } from './session/logMemory';
import type { ProfiledSession } from './session/profiledSession';
import type { Profiler } from './session/profiler';
import type { ProfilerSettings } from './session/settings';
import { AllocationAnnotations } from './views/allocationAnnotations';
import { KeptRuns } from './views/keptRuns';
import { saveLastProfile } from './views/lastProfiles';
import type { ProfilerPanel } from './views/panel';
import { ReadOnlyTexts } from './views/readOnlyTexts';

export { ProfilerPage } from './views/profilerPage';

/** What the extension has when it is activated. */
export interface ActionParts {
  readonly profiler: Profiler;
  readonly settings: () => ProfilerSettings;
  readonly hidden: HiddenStore;
  readonly panel: ProfilerPanel;
  /** Absolute path of the built preload. */
  readonly preload: string;
  readonly log: LogMemory;
  readonly context: vscode.ExtensionContext;
}

/**
 * All that is done when somebody asks for it: by a command, another extension, a language model, or a program that has ended.
 * None of it is needed to be activated, and neither is the panel's page: it is loaded, as one file, with the first request. One
 * file, because each takes a millisecond to be found and compiled, and so does each that several of them would share.
 */
export class Actions implements vscode.Disposable {
  readonly requests: ProfilerRequests;
  readonly commands: CommandHandlers;
  readonly #texts = new ReadOnlyTexts();
  readonly #annotations: AllocationAnnotations;
  readonly #runs: KeptRuns | null;
  readonly #context: vscode.ExtensionContext;

  constructor({ profiler, settings, hidden, panel, preload, log, context }: ActionParts) {
    const { workspaceState, storageUri, extension } = context;
    this.requests = new ProfilerRequests(profiler, settings);
    this.#annotations = new AllocationAnnotations(profiler);
    // Without a workspace nothing is kept.
    this.#runs = storageUri ? new KeptRuns(storageUri, log) : null;
    this.#context = context;
    this.commands = commandHandlers({
      profiler,
      requests: this.requests,
      runs: this.#runs?.runs ?? null,
      hidden,
      located: new LocatedSources(workspaceState, log),
      panel,
      texts: this.#texts,
      preload,
      annotations: this.#annotations,
      log,
      extension,
    });
  }

  /** What a language model is told. @throws Error in one sentence. */
  toolAnswer(name: ToolName, input: unknown): Promise<object> {
    return toolAnswer(name, this.requests, input);
  }

  /** Keeps the allocations that were read last of a program that is over. */
  async keepRun(session: ProfiledSession): Promise<void> {
    await this.#runs?.keep(session);
  }

  /** Of a program that has ended with its heap nearly full. */
  async saveLastProfile(session: ProfiledSession): Promise<void> {
    await saveLastProfile(session, this.#context.globalStorageUri);
  }

  dispose(): void {
    this.#annotations.dispose();
    this.#texts.dispose();
  }
}
