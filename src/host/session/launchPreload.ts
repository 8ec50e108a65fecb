import type * as vscode from 'vscode';

type Environment = Readonly<Record<string, string | null | undefined>>;

/**
 * Adds the collector to a launch of Node.js, so that it is there before the first line of user code. js-debug keeps what
 * stands in `env.NODE_OPTIONS` beside its own, and child processes and workers inherit it.
 *
 * @param preload Absolute path of the built preload.
 * @returns The configuration unchanged when it is no launch of a program: js-debug resolves child sessions too.
 */
export function withPreload(configuration: vscode.DebugConfiguration, preload: string): vscode.DebugConfiguration {
  const isLaunch = configuration.request === 'launch' && configuration.__pendingTargetId === undefined;
  if (!isLaunch) return configuration;
  return { ...configuration, env: preloadingEnvironment((configuration.env ?? {}) as Environment, preload) };
}

/** The same environment, in which every Node.js program begins with the collector. */
export function preloadingEnvironment(env: Environment, preload: string): Environment {
  const existing = env.NODE_OPTIONS;
  // Quoted, for paths with spaces; within quotes a backslash takes what follows as it is.
  const option = `--require "${preload.replace(/["\\]/g, '\\$&')}"`;
  return { ...env, NODE_OPTIONS: existing ? `${existing} ${option}` : option };
}
