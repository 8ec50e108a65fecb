/** One run of a program whose whole output and end are compared with another's. */
import { spawn, type ChildProcess } from 'node:child_process';
import path from 'node:path';
import type { CdpAddress } from '../../src/host/session/cdpConnection';
import { ROOT } from './program';
import { waitFor } from './waitFor';

/** How a process ended: by itself or by a signal. */
export type Ending = { readonly code: number } | { readonly signal: NodeJS.Signals };

export interface Run {
  readonly ending: Ending;
  readonly stdout: string;
  readonly stderr: string;
}

export interface SubjectOptions {
  /** Added to the environment; NODE_OPTIONS of the tests themselves is left out. */
  readonly env: Readonly<Record<string, string>>;
  /** No standard input at all, in place of one that gives nothing. */
  readonly stdinClosed: boolean;
}

const FOLDER = path.join(ROOT, 'test', 'fixtures', 'situations');
/** What an inspector says when it comes and goes: one has a new address each time, and the last is not always said. */
const INSPECTOR_LINES = /^(?:Debugger (?:listening|ending) on ws:.*|For help, see: .*\/(?:inspector|debugging).*)\n/gm;
/**
 * Frames without a name in what `process.abort` prints of the native stack. Whether V8 calls copies of its built-ins, which are in no
 * file, depends on where the system has put them: of 400 runs of Node.js 22 two named the file.
 */
const NAMELESS_FRAMES = /^( *\d+: 0x)[\da-f]{5,} +(?:\[[^\]\n]*\])?$/gm;
const END_TIMEOUT = 30_000;

export class Subject {
  readonly #child: ChildProcess;
  readonly #ended: Promise<Ending>;
  #ending: Ending | undefined;
  #stdout = '';
  #stderr = '';

  /** @param command An executable and its arguments, relative to fixtures/situations. */
  constructor(command: readonly string[], { env, stdinClosed }: SubjectOptions) {
    const [executable = '', ...args] = stdinClosed ? ['/bin/sh', '-c', 'exec "$@" <&-', 'sh', ...command] : command;
    const inherited = { ...process.env, NODE_OPTIONS: undefined };
    // A process group of its own, so that children of a program that was killed end with it.
    this.#child = spawn(executable, args, { cwd: FOLDER, env: { ...inherited, ...env }, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
    this.#child.stdout?.setEncoding('utf8').on('data', (text: string) => (this.#stdout += text));
    this.#child.stderr?.setEncoding('utf8').on('data', (text: string) => (this.#stderr += text));
    this.#ended = new Promise((resolve) => {
      this.#child.once('close', (code, signal) => resolve((this.#ending = signal === null ? { code: code ?? -1 } : { signal })));
    });
  }

  get pid(): number {
    return this.#child.pid ?? -1;
  }

  inspector(): Promise<CdpAddress> {
    return waitFor(() => `the program to open its inspector; it says ${this.#stdout}${this.#stderr}`, () => {
      const match = /ws:\/\/([\d.]+):(\d+)(\/\S+)/.exec(this.#stderr);
      if (!match && this.#ending) throw new Error(`The program ended first: ${JSON.stringify(this.#ending)} ${this.#stdout}${this.#stderr}`);
      return match ? { host: match[1] ?? '', port: Number(match[2]), path: match[3] ?? '' } : undefined;
    });
  }

  /** Its output as it is but for what no two runs have alike: the inspector's address and process ids in warnings, addresses and files of nameless frames in native stacks. */
  async end(): Promise<Run> {
    await waitFor(() => `the program to end; it says ${this.#stdout}${this.#stderr}`, () => this.#ending, END_TIMEOUT);
    const ending = await this.#ended;
    const stderr = this.#stderr.replace(INSPECTOR_LINES, '').replace(/\(node:\d+\)/g, '(node)').replace(NAMELESS_FRAMES, '$1').replace(/\b0x[\da-f]{5,}/g, '0x');
    return { ending, stdout: this.#stdout, stderr };
  }

  /** Until it has printed a text. */
  async said(text: string): Promise<void> {
    await waitFor(`the program to print ${text}`, () => (this.#stdout.includes(text) ? true : undefined));
  }

  async kill(): Promise<void> {
    if (this.#ending === undefined) process.kill(-this.pid, 'SIGKILL');
    await this.#ended;
  }
}
