import type { RawFrame } from '../protocol/frames';
import { frameOrigin } from './frameOrigin';

/** Node's name of the async resource of a promise. */
export const PROMISE_TYPE = 'PROMISE';

/** The built-in function on top of a promise's creation stack: `Promise.then`, and `Function.all` for statics before Node 22. */
const BUILT_IN = /^(?:Promise|Function)\.(\w+)$/;

/** What made a reaction: `Await` when no built-in function is on top, as only an await makes a promise without a call. */
export function pendingLabel(stack: readonly RawFrame[]): string {
  let label = 'Await';
  for (const frame of stack) {
    const name = frame.url === '' ? BUILT_IN.exec(frame.functionName)?.[1] : undefined;
    if (name === undefined) break;
    label = `Promise.${name}`;
  }
  return label;
}

export function isAwait(stack: readonly RawFrame[]): boolean {
  return pendingLabel(stack) === 'Await';
}

/**
 * Whether somebody else waits than the program: Node or the debugger (behind each await on `fetch` there are some ten of
 * Node's own), or a library by `then`, which a web framework does with every request handler that it calls. An await within
 * a library is listed, as the deepest that is known of why the program's own await does not go on.
 */
export function isOthersReaction(stack: readonly RawFrame[]): boolean {
  const maker = stack[makerIndex(stack)];
  if (maker === undefined || frameOrigin(maker.url) === 'node') return true;
  return frameOrigin(maker.url) === 'library' && !isAwait(stack);
}

/** Who awaits, or calls `then`: the first frame of a script. */
function makerIndex(stack: readonly RawFrame[]): number {
  return stack.findIndex(({ url }) => frameOrigin(url) !== 'native');
}

/** Reactions of one creation stack. */
export interface ReactionGroup {
  readonly stack: readonly RawFrame[];
  readonly amount: number;
  readonly estimated: boolean;
}

/** A group of reactions, and what waits for what. */
interface Reaction {
  /** The place of who made it, and of those who called that one, by number. */
  readonly places: readonly number[];
  readonly isAwait: boolean;
  readonly amount: number;
  readonly estimated: boolean;
  /** The awaits that wait for these. */
  awaiters: readonly Reaction[];
  /** Those of which these are the `awaiters`. */
  readonly deeper: Reaction[];
  left: number;
  isEstimate: boolean;
}

/** Below this share of an estimate, what is left of it is noise. */
const NOISE_SHARE = 0.3;
/** A difference below this comes from the arithmetic. */
const ROUNDING_ERROR = 1e-6;

/**
 * How many of each group wait for something that is no await of the program's own. `a` awaits `b()`, which awaits a query:
 * two promises are pending, but only the second says what is waited for, and its stack names `a` already, at the very line
 * of its await. So each await takes one from the group that awaits it, that of the nearest of its callers. What waits for
 * several at once (`Promise.all`) gives up its one for many. The same goes for `b().catch(report)`.
 */
export function deepestAmounts(groups: readonly ReactionGroup[]): Pick<ReactionGroup, 'amount' | 'estimated'>[] {
  const placeOf = placeNumbers();
  const reactions = groups.map(({ stack, amount, estimated }): Reaction => {
    const places = stack.slice(Math.max(0, makerIndex(stack))).map(placeOf);
    return { places, isAwait: isAwait(stack), amount, estimated, awaiters: [], deeper: [], left: amount, isEstimate: estimated };
  });
  const awaits = reactions.filter((reaction) => reaction.isAwait);
  const findAwaiters = callersAmong(awaits);
  const findOthers = callersAmong(reactions.filter((reaction) => !reaction.isAwait));
  for (const one of awaits) {
    one.awaiters = findAwaiters(one);
    for (const awaiter of one.awaiters) awaiter.deeper.push(one);
  }
  const passing = throughput();
  // Where it cannot be told which of several groups awaits, it is taken from what the others have left of them.
  for (const one of [...awaits].sort((a, b) => a.awaiters.length - b.awaiters.length)) {
    const amount = passing(one);
    const left = total(one.awaiters, (awaiter) => Math.max(0, awaiter.left));
    for (const awaiter of one.awaiters) take(awaiter, left > 0 ? (amount * Math.max(0, awaiter.left)) / left : 0, one);
    // Calls of `then` in a row all wait for the same.
    for (const other of findOthers(one)) take(other, amount, one);
  }
  return reactions.map(({ amount, left, isEstimate }) => {
    if (left <= (isEstimate ? NOISE_SHARE * amount : ROUNDING_ERROR)) return { amount: 0, estimated: isEstimate };
    const isWhole = Math.abs(left - Math.round(left)) < ROUNDING_ERROR;
    return { amount: isWhole ? Math.round(left) : left, estimated: isEstimate || !isWhole };
  });
}

function take(from: Reaction, amount: number, deeper: Reaction): void {
  from.left -= amount;
  from.isEstimate ||= deeper.estimated;
}

/**
 * Finds the groups that an await may be below of: they are at the nearest of its callers where there are any, and of those
 * the ones whose own callers are the same for longest. What has been resumed has lost those that only called it.
 */
function callersAmong(groups: readonly Reaction[]): (deeper: Reaction) => readonly Reaction[] {
  const byMaker = new Map<number, Reaction[]>();
  for (const group of groups) {
    const [maker] = group.places;
    const entries = maker === undefined ? [] : byMaker.get(maker);
    if (entries) entries.push(group);
    else if (maker !== undefined) byMaker.set(maker, [group]);
  }
  return ({ places }) => {
    for (let index = 1; index < places.length; index++) {
      let best: Reaction[] = [];
      let longest = 0;
      for (const group of byMaker.get(places[index] ?? -1) ?? []) {
        // Each is on the other's stack when a function calls itself: then the longer stack is the deeper one.
        if (group.places.length >= places.length && group.places.includes(places[0] ?? -1, 1)) continue;
        let same = 1;
        while (index + same < places.length && places[index + same] === group.places[same]) same++;
        if (same > longest) [best, longest] = [[], same];
        if (same === longest) best.push(group);
      }
      if (best.length > 0) return best;
    }
    return [];
  };
}

/** How many each group takes from those that await it: its own number, and by a sample no fewer than pass through it. */
function throughput(): (reaction: Reaction) => number {
  const known = new Map<Reaction, number>();
  const passing = (reaction: Reaction): number => {
    let amount = known.get(reaction);
    if (amount === undefined) {
      known.set(reaction, (amount = reaction.amount));
      if (!reaction.estimated) return amount;
      const share = ({ awaiters }: Reaction) => reaction.amount / total(awaiters, (awaiter) => awaiter.amount);
      known.set(reaction, (amount = Math.max(amount, total(reaction.deeper, (deeper) => passing(deeper) * share(deeper)))));
    }
    return amount;
  };
  return passing;
}

function total<T>(items: readonly T[], figure: (item: T) => number): number {
  return items.reduce((sum, item) => sum + figure(item), 0);
}

/** A frame is `Pool.query` while it runs and `async query` once it has been resumed: the same place. */
function placeNumbers(): (frame: RawFrame) => number {
  const numbers = new Map<string, number>();
  // The frames are those of a table, and many stacks have the same.
  const known = new Map<RawFrame, number>();
  return (frame) => {
    let number = known.get(frame);
    if (number === undefined) {
      const { functionName, url, line } = frame;
      const text = `${functionName.replace(/^(?:async )?(?:.*\.)?/, '')}|${url}:${line}`;
      number = numbers.get(text) ?? numbers.size;
      numbers.set(text, number);
      known.set(frame, number);
    }
    return number;
  };
}
