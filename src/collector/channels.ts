import { builtin } from './builtins';
import type { HookFailures } from './stackRoom';

type Subscriber = (message: unknown) => void;

/**
 * Subscriptions to Node's diagnostics channels. Subscribers run inside the program's own work, and Node reports what one of
 * them throws as the program's uncaught exception: so it is caught here, see `stackRoom.ts`.
 */
export class Channels {
  readonly #subscriptions: readonly (readonly [channel: string, subscriber: Subscriber])[];

  constructor(subscribers: Readonly<Record<string, Subscriber>>, failures: HookFailures) {
    this.#subscriptions = Object.entries(subscribers).map(([channel, subscriber]) => [
      channel,
      (message) => {
        try {
          subscriber(message);
        } catch (error) {
          failures.hasOccurred = true;
          try {
            failures.tell(error);
          } catch {
            // No room: this message is missed.
          }
        }
      },
    ]);
  }

  subscribe(): void {
    for (const [channel, subscriber] of this.#subscriptions) builtin('node:diagnostics_channel').subscribe(channel, subscriber);
  }

  unsubscribe(): void {
    for (const [channel, subscriber] of this.#subscriptions) builtin('node:diagnostics_channel').unsubscribe(channel, subscriber);
  }
}
