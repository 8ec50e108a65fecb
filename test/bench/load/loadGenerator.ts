import { fork, type ChildProcess } from 'node:child_process';
import path from 'node:path';
import type { LoadOrder, LoadReply, LoadResult } from './loadProcess';

/** Enough to keep a program busy all the time. */
const CONNECTIONS = 16;
/** Fewer say nothing about the hundredth that took longest. */
const LEAST_REQUESTS = 200;

/** A process that puts one program at a time under load. */
export class LoadGenerator {
  readonly #child: ChildProcess = fork(path.join(__dirname, 'load', 'loadProcess.js'));

  /** @throws Error when the program breaks a connection or answers with anything but 200. */
  async run(port: number, milliseconds: number): Promise<LoadResult> {
    const reply = await new Promise<LoadReply>((resolve) => {
      const onExit = () => resolve({ error: 'its process is gone' });
      this.#child.once('exit', onExit).once('message', (message: LoadReply) => {
        this.#child.off('exit', onExit);
        resolve(message);
      });
      this.#child.send({ port, milliseconds, connections: CONNECTIONS, requests: LEAST_REQUESTS } satisfies LoadOrder);
    });
    if ('error' in reply) throw new Error(`The load ended early: ${reply.error}`);
    return reply;
  }

  close(): void {
    this.#child.disconnect();
  }
}
