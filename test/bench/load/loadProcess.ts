/** Puts programs under load, from a process of its own: started by LoadGenerator. */
import { LoadConnection } from './loadConnection';

export interface LoadOrder {
  readonly port: number;
  readonly connections: number;
  readonly milliseconds: number;
  /** It goes on until there were that many answers. */
  readonly requests: number;
}

export interface LoadResult {
  readonly perSecond: number;
  /** Milliseconds from a request to the end of its answer. */
  readonly p50: number;
  readonly p99: number;
  readonly requests: number;
}

export type LoadReply = LoadResult | { readonly error: string };

/** A program that takes longer for so few requests is stuck. */
const LONGEST_MS = 60_000;

/** Every connection asks again as soon as it is answered, until the time is up. */
function load({ port, connections, milliseconds, requests }: LoadOrder): Promise<LoadResult> {
  const times: number[] = [];
  const begin = performance.now();
  const onAnswer = (time: number) => {
    times.push(time);
    return performance.now() - begin < milliseconds || times.length < requests;
  };
  const ended = Array.from(
    { length: connections },
    () => new Promise<void>((resolve, reject) => new LoadConnection(port, onAnswer, (error) => (error ? reject(error) : resolve()))),
  );
  const stuck = new Promise<never>((_, reject) => setTimeout(() => reject(new Error(`${times.length} answers in a minute`)), LONGEST_MS).unref());
  return Promise.race([Promise.all(ended), stuck]).then(() => {
    const seconds = (performance.now() - begin) / 1000;
    times.sort((a, b) => a - b);
    const percentile = (share: number) => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? NaN;
    return { perSecond: times.length / seconds, p50: percentile(0.5), p99: percentile(0.99), requests: times.length };
  });
}

process.on('message', (order: LoadOrder) => {
  const reply = (answer: LoadReply) => void process.send?.(answer);
  load(order).then(reply, (error: unknown) => reply({ error: String(error) }));
});
process.on('disconnect', () => process.exit());
