/** Clients of a service under test. */
import http from 'node:http';

/** Asks for the same paths in turn, over a number of connections that are kept, until it is stopped. */
export class HttpLoad {
  readonly #agent: http.Agent;
  readonly #port: number;
  readonly #clients: Promise<unknown>[];
  #stopped = false;
  #failure: Error | null = null;
  /** Answers until now. */
  completed = 0;

  constructor(port: number, paths: readonly string[], connections = 16) {
    this.#port = port;
    this.#agent = new http.Agent({ keepAlive: true, maxSockets: connections });
    const ask = () => this.#ask(paths).catch((error: unknown) => (this.#failure ??= error as Error));
    this.#clients = Array.from({ length: connections }, ask);
  }

  /** Rejects with what went wrong with the first request that failed. */
  async stop(): Promise<void> {
    this.#stopped = true;
    await Promise.all(this.#clients);
    this.#agent.destroy();
    if (this.#failure) throw this.#failure;
  }

  async #ask(paths: readonly string[]): Promise<void> {
    for (let next = 0; !this.#stopped; next++) {
      await answered(http.get({ port: this.#port, host: '127.0.0.1', path: paths[next % paths.length], agent: this.#agent }));
      this.completed++;
    }
  }
}

function answered(request: http.ClientRequest): Promise<void> {
  return new Promise((resolve, reject) => {
    request.on('error', reject);
    request.on('response', (response) => {
      const { statusCode } = response;
      response.on('end', () => (statusCode === 200 ? resolve() : reject(new Error(`The service answered ${String(statusCode)}.`))));
      response.resume();
    });
  });
}

/** Requests that are not expected to be answered, each on a connection of its own. */
export class HangingRequests {
  readonly #requests: http.ClientRequest[] = [];

  send(port: number, path: string): void {
    const request = http.get({ port, host: '127.0.0.1', path, agent: false });
    // Nobody answers before the service has ended, which is an error of the connection.
    request.on('error', () => undefined);
    this.#requests.push(request);
  }

  /** Gives them up. */
  drop(): void {
    for (const request of this.#requests) request.destroy();
  }
}
