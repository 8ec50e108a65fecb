import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { ProfiledSession } from '../../../src/host/session/profiledSession';
import type { Bytes, Microseconds, Milliseconds } from '../../../src/protocol/units';
import { Program } from '../../helpers/program';
import { startBifrost } from './bifrostSession';
import type { Configuration, Unavailable } from './configuration';
import { Debugger } from './debugger';

/** What a program says of itself over a stretch of time. */
export interface OwnFigures {
  readonly cpu: Microseconds;
  readonly rss: Bytes;
  readonly loopDelayP99: Milliseconds;
}

/** A workload of test/fixtures/workloads in a fresh process, with what its configuration says beside it. */
export class MeasuredProgram {
  readonly port: number;
  /** Milliseconds from its start until it could be asked. */
  readonly startUp: Milliseconds;
  readonly #program: Program;
  readonly #debugger: Debugger | null;
  readonly #sessions: ProfiledSession[];
  readonly #folder: string;
  #measured = 0;

  static async start([major, node]: readonly [string, string], workload: string, configuration: Configuration): Promise<MeasuredProgram | Unavailable> {
    const folder = await mkdtemp(path.join(tmpdir(), 'bifrost-bench-'));
    const own = (await configuration.nodeArguments?.({ node, major, folder })) ?? [];
    if ('unavailable' in own) {
      await rm(folder, { recursive: true });
      return own;
    }
    const nodeArguments = [...(configuration.isDebugged ? ['--inspect-wait=127.0.0.1:0'] : []), ...own];
    const begin = performance.now();
    const program = new Program(node, `workloads/${workload}.js`, { nodeArguments, inspect: false, cwd: folder });
    let attached: Debugger | null = null;
    try {
      if (configuration.isDebugged) attached = await Debugger.attach(await program.inspectorAddress());
      const { port } = await program.event<{ port: number }>('ready');
      const startUp = performance.now() - begin;
      const threads = configuration.bifrost && attached ? await attached.sessions() : [];
      const sessions = await Promise.all(threads.map((thread) => startBifrost(thread, configuration.bifrost ?? {})));
      return new MeasuredProgram({ program, attached, sessions, folder, port, startUp });
    } catch (error) {
      attached?.close();
      await program.kill();
      await rm(folder, { recursive: true });
      throw new Error(`${workload} on Node ${major}, ${configuration.name}: ${program.complaints}`, { cause: error });
    }
  }

  private constructor(parts: { program: Program; attached: Debugger | null; sessions: ProfiledSession[]; folder: string; port: number; startUp: Milliseconds }) {
    ({ program: this.#program, attached: this.#debugger, sessions: this.#sessions, folder: this.#folder, port: this.port, startUp: this.startUp } = parts);
  }

  /**
   * What the program used while some work was done.
   *
   * @param quietly Without the loop's delay, which takes a timer in the program.
   */
  async during<T>(work: () => Promise<T>, quietly = false): Promise<{ result: T; own: OwnFigures }> {
    const number = ++this.#measured;
    this.#program.tell(`begin ${number}${quietly ? ' quietly' : ''}`);
    await this.#program.event(`begun ${number}`);
    const result = await work();
    this.#program.tell(`end ${number}`);
    return { result, own: await this.#program.event<OwnFigures>(`ended ${number}`) };
  }

  /** @throws Error when Bifrost had stopped profiling it: then what was measured is something else. */
  async end(): Promise<void> {
    const stopped = this.#sessions.find((session) => !session.isRunning);
    for (const session of this.#sessions) session.end();
    this.#debugger?.close();
    await this.#program.kill();
    await rm(this.#folder, { recursive: true });
    if (stopped) throw new Error(`Bifrost stopped: ${stopped.status.notice ?? 'no reason given'}`);
  }
}
