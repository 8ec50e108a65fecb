import type { Session } from 'node:inspector';
import { builtin } from './builtins';

/** A session of the program with its own inspector. It answers before a call returns, as it is in the same thread. */
export class OwnInspector {
  readonly #session: Session;

  /** @throws Error when the program has no inspector. */
  constructor() {
    const { Session } = builtin('node:inspector');
    this.#session = new Session();
    this.#session.connect();
  }

  /** @throws Error with what the inspector answers. */
  send(method: string, parameters?: object): unknown {
    const answers: { readonly error: { readonly message: string } | null; readonly result: unknown }[] = [];
    this.#session.post(method, parameters, (error, result) => answers.push({ error, result }));
    const [answer] = answers;
    if (answer === undefined) throw new Error(`${method}: the inspector did not answer`);
    if (answer.error) throw new Error(`${method}: ${answer.error.message}`);
    return answer.result;
  }

  close(): void {
    this.#session.disconnect();
  }
}
