/** Real Node.js programs as test subjects: started with an inspector, driven by lines on their standard streams. */
import { spawn, type ChildProcess } from 'node:child_process';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { CdpConnection, type CdpAddress } from '../../src/host/session/cdpConnection';
import { waitFor } from './waitFor';

export const ROOT = path.resolve(__dirname, findRoot());

/** Bundled tests live at out/test/<kind>/; the checkout is above `out`. */
function findRoot(): string {
  const at = __dirname.lastIndexOf(`${path.sep}out${path.sep}`);
  return at < 0 ? '.' : __dirname.slice(0, at);
}

/** The Node.js binaries to test with, by major version. */
export function nodeVersions(): [major: string, binary: string][] {
  const json = process.env.BIFROST_NODES;
  if (json === undefined) throw new Error('BIFROST_NODES is not set: run the tests with `npm test`.');
  return Object.entries(JSON.parse(json) as Record<string, string>);
}

export interface ProgramOptions {
  /** Arguments of node itself, before the script. */
  readonly nodeArguments?: readonly string[];
  readonly inspect?: boolean;
  readonly env?: NodeJS.ProcessEnv;
  readonly cwd?: string;
}

/** One running program from `test/fixtures`. */
export class Program {
  readonly stdout: string[] = [];
  readonly stderr: string[] = [];
  readonly #child: ChildProcess;
  readonly #exited: Promise<number | null>;
  #exitCode: number | null | undefined;

  constructor(node: string, fixture: string, { nodeArguments = [], inspect = true, env = {}, cwd }: ProgramOptions = {}) {
    const file = path.join(ROOT, 'test', 'fixtures', fixture);
    const inspectArguments = inspect ? ['--inspect=127.0.0.1:0'] : [];
    this.#child = spawn(node, [...inspectArguments, ...nodeArguments, file], { stdio: 'pipe', env: { ...process.env, ...env }, cwd });
    collectLines(this.#child.stdout, this.stdout);
    collectLines(this.#child.stderr, this.stderr);
    this.#exited = new Promise((resolve) => {
      this.#child.once('close', (code) => {
        this.#exitCode = code;
        resolve(code);
      });
    });
  }

  get hasEnded(): boolean {
    return this.#exitCode !== undefined;
  }

  get pid(): number {
    return this.#child.pid ?? -1;
  }

  /** The value the program printed as one line of JSON with this `event`. */
  async event<T extends object>(event: string, timeout = 20_000): Promise<T> {
    return waitFor(`the program to print its event ${event}`, () => {
      for (const line of this.stdout) {
        if (!line.startsWith('{')) continue;
        const value = JSON.parse(line) as { event?: string };
        if (value.event === event) return value as T;
      }
      if (this.#exitCode !== undefined) throw new Error(`The program ended with ${String(this.#exitCode)}: ${this.stderr.join('\n')}`);
      return undefined;
    }, timeout);
  }

  /** Sends one line to the program's standard input. */
  tell(line: string): void {
    this.#child.stdin?.write(`${line}\n`);
  }

  async inspectorAddress(): Promise<CdpAddress> {
    return waitFor('the program to open its inspector', () => {
      const match = /ws:\/\/([\d.]+):(\d+)(\/\S+)/.exec(this.stderr.join('\n'));
      return match ? { host: match[1] ?? '', port: Number(match[2]), path: match[3] ?? '' } : undefined;
    });
  }

  async connect(): Promise<CdpConnection> {
    return CdpConnection.open(await this.inspectorAddress(), 10_000);
  }

  /** The exit code, once the program has ended by itself. */
  async exit(timeout = 20_000): Promise<number | null> {
    await waitFor('the program to end', () => (this.#exitCode === undefined ? undefined : true), timeout);
    return this.#exited;
  }

  /** What it wrote to standard error, for a failure's text; the debugger's own lines are left out. */
  get complaints(): string {
    return this.stderr.filter((line) => !/^(Debugger|For help|Waiting for the debugger)/.test(line)).join('\n');
  }

  async kill(): Promise<void> {
    if (this.#exitCode === undefined) this.#child.kill('SIGKILL');
    await this.#exited;
  }
}

function collectLines(stream: NodeJS.ReadableStream | null, lines: string[]): void {
  if (stream) createInterface({ input: stream }).on('line', (line) => lines.push(line));
}
