import { builtin } from './builtins';

type Subscriber = (message: unknown) => void;

/**
 * Subscriptions to Node's diagnostics channels. Subscribers run inside the program's own work, and Node reports what one of
 * them throws as the program's uncaught exception: so it is caught here and told to whoever subscribed.
 */
export class Channels {
  readonly #subscriptions: readonly (readonly [channel: string, subscriber: Subscriber])[];

  constructor(subscribers: Readonly<Record<string, Subscriber>>, onFailure: (error: unknown) => void) {
    this.#subscriptions = Object.entries(subscribers).map(([channel, subscriber]) => [
      channel,
      (message) => {
        try {
          subscriber(message);
        } catch (error) {
          onFailure(error);
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
