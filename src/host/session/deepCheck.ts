import * as l10n from '@vscode/l10n';
import type { DeepCheckReading, DeepCheckStep } from '../../protocol/collector';
import type { HandleRow } from '../../protocol/profile';
import type { Milliseconds } from '../../protocol/units';

/** The program as a deep check needs it. */
export interface CheckedProgram {
  /** @throws CdpError or SourceError. */
  step(step: DeepCheckStep): Promise<DeepCheckReading>;
  /** @throws CdpError. */
  collectGarbage(): Promise<void>;
}

/** `following`: every promise is followed. `reading`: stacks are formatted. `collecting`: garbage is. */
export type DeepCheckPhase = 'following' | 'reading' | 'collecting';

export interface DeepCheckOptions {
  /** How long every promise is followed. */
  readonly time: Milliseconds;
  /** Cancels the check. */
  readonly signal?: AbortSignal | undefined;
  readonly onPhase?: ((phase: DeepCheckPhase) => void) | undefined;
}

/** What a deep check found, with frames in the user's source. */
export interface DeepCheckResult {
  readonly time: Milliseconds;
  readonly rows: readonly HandleRow[];
  /** Promises followed. */
  readonly followed: number;
  /** Stacks that could not be formatted in time: what they hold on to cannot be among the abandoned. */
  readonly unreadStacks: number;
}

/** Why there is no result, in one sentence for the user. */
export class DeepCheckError extends Error {
  override readonly name = 'DeepCheckError';
}

/** Each round costs the program a few milliseconds; one that makes promises faster than they can be read is not waited for. */
const MAX_ROUNDS = 200;

/** What a finalizer is registered for outlives the first collection. */
const COLLECTIONS = 2;

/** The deep checks of one session: one at a time. */
export class DeepChecks {
  #current: { readonly abort: AbortController; readonly ended: Promise<void> } | null = null;

  /** Resolves when no check is at work in the program any more. */
  get ended(): Promise<void> {
    return this.#current?.ended ?? Promise.resolve();
  }

  /**
   * Finds awaits that can never continue: follows every promise for a while, lets go of all that Bifrost holds, has garbage
   * collected, and asks which awaits went with it while they were pending. Once begun, a check is always ended in the
   * program, which then goes back to the mode it had; one that is cancelled rejects before that.
   *
   * @throws DeepCheckError, CdpError or SourceError.
   */
  async run(program: CheckedProgram, { time, signal: cancel, onPhase }: DeepCheckOptions): Promise<DeepCheckReading> {
    if (this.#current) throw new DeepCheckError(l10n.t('A deep check of this program is under way: wait until it is through.'));
    const abort = new AbortController();
    const signal = cancel ? AbortSignal.any([abort.signal, cancel]) : abort.signal;
    const work = checkProgram(program, time, signal, onPhase ?? (() => undefined));
    const onEnded = () => {
      this.#current = null;
    };
    this.#current = { abort, ended: work.then(onEnded, onEnded) };
    // A program that is busy answers late; the user who cancels does not wait for that.
    return Promise.race([work, rejectionOf(signal)]);
  }

  /** Ends the check under way, if there is one: it rejects with this sentence. */
  abort(sentence: string): void {
    this.#current?.abort.abort(new DeepCheckError(sentence));
  }
}

async function checkProgram(
  program: CheckedProgram,
  time: Milliseconds,
  signal: AbortSignal,
  onPhase: (phase: DeepCheckPhase) => void,
): Promise<DeepCheckReading> {
  throwIfAborted(signal);
  let mustEnd = true;
  try {
    await program.step('begin');
    throwIfAborted(signal);
    onPhase('following');
    await delay(time, signal);
    onPhase('reading');
    const unreadStacks = await readStacks(program, signal);
    onPhase('collecting');
    for (let round = 0; round < COLLECTIONS; round++) {
      await program.collectGarbage();
      throwIfAborted(signal);
    }
    mustEnd = false;
    return { ...(await program.step('end')), unreadStacks };
  } finally {
    // Why the check failed says more than why it could not be ended: a program that is gone has nothing left to end.
    if (mustEnd) await program.step('end').catch(() => undefined);
  }
}

/** @returns Stacks that are left. */
async function readStacks(program: CheckedProgram, signal: AbortSignal): Promise<number> {
  for (let round = 1; ; round++) {
    const { unreadStacks } = await program.step('read');
    throwIfAborted(signal);
    if (unreadStacks === 0 || round === MAX_ROUNDS) return unreadStacks;
  }
}

/** Until the time is up, or the signal is given. */
function delay(time: Milliseconds, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const onAbort = () => {
      clearTimeout(timer);
      reject(reasonOf(signal));
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', onAbort);
      resolve();
    }, time);
    signal.addEventListener('abort', onAbort, { once: true });
  });
}

function rejectionOf(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(reasonOf(signal)), { once: true });
  });
}

function throwIfAborted(signal: AbortSignal): void {
  if (signal.aborted) throw reasonOf(signal);
}

function reasonOf(signal: AbortSignal): Error {
  return signal.reason instanceof DeepCheckError ? signal.reason : new DeepCheckError(l10n.t('The deep check was cancelled.'));
}
