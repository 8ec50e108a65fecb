import { setTimeout as delay } from 'node:timers/promises';
import * as v from 'valibot';
import {
  LEAST_PIECE,
  COLLECTOR_PROTOCOL,
  COLLECTOR_SCRIPT,
  COLLECTOR_SYMBOL,
  NEEDS_REQUIRE,
  type Collected,
  type CollectorCommand,
  type CollectorReply,
  type CollectorSample,
  type CollectRequest,
  type CpuProfileOptions,
  type DeepCheckReading,
  type DeepCheckStep,
  type HandleRequest,
  type Hello,
  type LongAnswer,
  type Pause,
  type PendingMode,
  type Started,
  type StartOptions,
} from '../../protocol/collector';
import type { AllocationReading, CpuProfile } from '../../protocol/allocations';
import type { Milliseconds } from '../../protocol/units';
import type { CdpConnection } from './cdpConnection';
import {
  allocationsSchema,
  answerSchema,
  collectedSchema,
  compiledSchema,
  cpuProfileSchema,
  deepCheckSchema,
  dumpSchema,
  evaluatedSchema,
  helloSchema,
  replySchema,
  stacksReadSchema,
  startedSchema,
} from './collectorSchema';
import { SourceError } from './profileSource';

const MAX_ROUNDS = 200;
/** Rounds in a row that read nothing: the debugger holds the program where its stacks must not be touched. */
const MAX_IDLE_ROUNDS = 10;
const MAX_LAST_ROUNDS = 5;
const LAST_ROUND_PAUSE: Milliseconds = 10;
const NOT_READY_PAUSE: Milliseconds = 50;

/** Characters of the program's own words in a message: it may say anything, at any length. */
const MAX_REASON = 300;

/** Sends commands to the collector in the program and checks what comes back. Rejects with CdpError or SourceError. */
export class CollectorClient {
  readonly #connection: CdpConnection;
  readonly #bundle: string;

  /** @param bundle The text of the built collector. */
  constructor(connection: CdpConnection, bundle: string) {
    this.#connection = connection;
    this.#bundle = bundle;
  }

  /** Puts the collector into the program, or finds the one that is there. Waits while Node loads what the program needs. */
  inject(timeout: Milliseconds): Promise<Hello> {
    return whenReady(() => this.#injectNow(timeout), timeout);
  }

  async #injectNow(timeout: Milliseconds): Promise<Hello> {
    const answer = await this.#runBundle({}, timeout);
    const hello = checked(answer === NEEDS_REQUIRE ? await this.#runBundle(WITH_REQUIRE, timeout) : answer, helloSchema);
    if (hello.protocol !== COLLECTOR_PROTOCOL) {
      throw new SourceError('program', 'Another version of Bifrost is at work in this program; end that one first.');
    }
    return hello;
  }

  /** V8 gives a compiled script away when it runs it: each attempt needs one of its own, and leaves none. */
  async #runBundle(options: Partial<typeof WITH_REQUIRE>, timeout: Milliseconds): Promise<unknown> {
    // Compiled under its name, not evaluated: V8's heap sampler reports a script by its name and ignores a sourceURL
    // comment, and without one the profiler's own allocations could not be told from the program's.
    const script = await this.#connection.send(
      'Runtime.compileScript',
      { expression: this.#bundle, sourceURL: COLLECTOR_SCRIPT, persistScript: true },
      timeout,
    );
    const compiled = v.safeParse(compiledSchema, script);
    if (!compiled.success) throw new SourceError('program', 'The program does not compile the collector');
    return valueOf(await this.#connection.send('Runtime.runScript', { scriptId: compiled.output.scriptId, ...RUN_OPTIONS, ...options }, timeout));
  }

  start(options: StartOptions, timeout: Milliseconds): Promise<Started> {
    return whenReady(() => this.#call({ command: 'start', options }, startedSchema, timeout), timeout);
  }

  async collect(request: CollectRequest, timeout: Milliseconds): Promise<Collected<CollectorSample>> {
    const { sample, allocations, handles } = await this.#call({ command: 'collect', request }, collectedSchema, timeout);
    return { sample, ...(allocations && { allocations }), ...(handles && { handles }) };
  }

  /**
   * Like `collect`, and asks again until every creation stack has been formatted. Each call holds the program for a few
   * milliseconds only; a program that opens handles faster than they can be read is given up on after `MAX_ROUNDS`.
   */
  async collectWhole(request: CollectRequest, timeout: Milliseconds): Promise<Collected<CollectorSample>> {
    let unread = request.handles ? Infinity : 0;
    let idle = 0;
    for (let round = 0; unread > 0 && idle < MAX_IDLE_ROUNDS && round < MAX_ROUNDS; round++) {
      const before = unread;
      unread = await this.readStacks(timeout);
      idle = unread < before ? 0 : idle + 1;
    }
    for (let round = 1; ; round++) {
      const collected = await this.collect(request, timeout);
      // What has come meanwhile, and what could not be looked at because the program was just making it.
      if (!collected.handles?.unreadStacks || round === MAX_LAST_ROUNDS) return collected;
      await delay(LAST_ROUND_PAUSE);
    }
  }

  /** Formats creation stacks for a while, and answers how many are left. */
  async readStacks(timeout: Milliseconds): Promise<number> {
    const { unreadStacks } = await this.#call({ command: 'readStacks' }, stacksReadSchema, timeout);
    return unreadStacks;
  }

  /** Records all allocations in place of those in use, or goes back; then with the last reading of the recording. */
  recordAllocations(on: boolean, sites: number, timeout: Milliseconds): Promise<AllocationReading> {
    return this.#call({ command: 'recordAllocations', on, sites }, allocationsSchema, timeout);
  }

  /** Begins a CPU profile. */
  async startCpuProfile(options: CpuProfileOptions, timeout: Milliseconds): Promise<void> {
    await this.#call({ command: 'startCpuProfile', options }, v.null(), timeout);
  }

  /** Ends the CPU profile. @param pauses Time in which the debugger held the program. */
  stopCpuProfile(pauses: readonly Pause[], timeout: Milliseconds): Promise<CpuProfile> {
    return this.#call({ command: 'stopCpuProfile', pauses }, cpuProfileSchema, timeout);
  }

  /** Every open handle and pending operation as text. */
  dump(request: HandleRequest, timeout: Milliseconds): Promise<string> {
    return this.#call({ command: 'dump', request }, dumpSchema, timeout);
  }

  /** Decides which promises are followed from now on. */
  async setPendingMode(mode: PendingMode, timeout: Milliseconds): Promise<void> {
    await this.#call({ command: 'setPendingMode', mode }, v.null(), timeout);
  }

  deepCheck(step: DeepCheckStep, timeout: Milliseconds): Promise<DeepCheckReading> {
    return this.#call({ command: 'deepCheck', step }, deepCheckSchema, timeout);
  }

  /** Has V8 collect what nothing holds, without stopping at what was made of late. */
  async collectGarbage(timeout: Milliseconds): Promise<void> {
    await this.#connection.send('HeapProfiler.collectGarbage', undefined, timeout);
  }

  /** Undoes everything in the program. */
  async stop(timeout: Milliseconds): Promise<void> {
    await this.#call({ command: 'stop' }, v.null(), timeout);
  }

  async #call<T>(command: CollectorCommand, schema: v.GenericSchema<unknown, T>, timeout: Milliseconds): Promise<T> {
    const answer = v.safeParse(answerSchema, await this.#evaluate(callExpression(command), timeout));
    if (!answer.success) throw new SourceError('garbage', 'no text');
    return checked(typeof answer.output === 'string' ? answer.output : await this.#whole(answer.output, timeout), schema);
  }

  /** A long answer, put together from its pieces. @see ANSWER_PIECE */
  async #whole({ id, length, text }: LongAnswer, timeout: Milliseconds): Promise<string> {
    let whole = text;
    while (whole.length < length) {
      const piece = await this.#evaluate(pieceExpression(id, whole.length), timeout);
      if (piece === '') throw new SourceError('notStarted', 'The collector went while it answered.');
      // Else a program that is none of ours could keep the host asking for ever.
      if (typeof piece !== 'string' || piece.length < Math.min(LEAST_PIECE, length - whole.length)) throw new SourceError('garbage', 'a piece too short');
      whole += piece;
    }
    return whole;
  }

  async #evaluate(expression: string, timeout: Milliseconds): Promise<unknown> {
    return valueOf(await this.#connection.send('Runtime.evaluate', { expression, disableBreaks: true, ...RUN_OPTIONS }, timeout));
  }
}

async function whenReady<T>(attempt: () => Promise<T>, timeout: Milliseconds): Promise<T> {
  const deadline = performance.now() + timeout;
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      const isReady = !(error instanceof SourceError && error.code === 'notReady');
      if (isReady || performance.now() > deadline) throw error;
      await delay(NOT_READY_PAUSE);
    }
  }
}

/** Only where it is needed, and for what is run once: Node 20 ends with SIGSEGV when the program is interrupted at the end of its stack to be given the console's functions. */
const WITH_REQUIRE = { includeCommandLineAPI: true };

const RUN_OPTIONS = {
  returnByValue: true,
  // "Pause on caught exceptions" must not stop in our code.
  silent: true,
};

function valueOf(response: unknown): unknown {
  const parsed = v.safeParse(evaluatedSchema, response);
  if (!parsed.success) throw new SourceError('garbage', 'no result');
  const { result, exceptionDetails } = parsed.output;
  if (exceptionDetails) {
    const reason = (exceptionDetails.exception?.description ?? exceptionDetails.text).split('\n')[0] ?? '';
    if (reason.includes(STACK_OVERFLOW)) throw new SourceError('noRoom', reason.slice(0, MAX_REASON));
    throw new SourceError('program', `The collector could not run in the program: ${reason.slice(0, MAX_REASON)}`);
  }
  return result.value;
}

/** V8's words where not even a call of the collector has room. */
const STACK_OVERFLOW = 'Maximum call stack size exceeded';

const NOT_STARTED: CollectorReply<never> = { ok: false, error: { code: 'notStarted', message: 'The collector is gone.' } };

function callExpression(command: CollectorCommand): string {
  return collectorExpression(`call(${JSON.stringify(JSON.stringify(command))})`, JSON.stringify(NOT_STARTED));
}

function pieceExpression(id: number, from: number): string {
  return collectorExpression(`piece(${id}, ${from})`, '');
}

/**
 * Names our script so that the debugger hides it: each unnamed one would show among the user's loaded scripts.
 *
 * @param absent What it gives when the collector is gone.
 */
function collectorExpression(call: string, absent: string): string {
  const key = `Symbol.for(${JSON.stringify(COLLECTOR_SYMBOL)})`;
  const otherwise = JSON.stringify(absent);
  return `((marker) => marker && marker.collector ? marker.collector.${call} : ${otherwise})(globalThis[${key}])\n//# sourceURL=bifrost-call.cdp`;
}

function checked<T>(answer: unknown, schema: v.GenericSchema<unknown, T>): T {
  // The first thing wrong is enough: a complaint about every item of a list of nonsense takes gigabytes.
  const reply = v.safeParse(v.pipe(v.string(), v.parseJson(), replySchema(schema)), answer, { abortEarly: true });
  if (!reply.success) {
    const issue = reply.issues[0];
    throw new SourceError('garbage', `${issue.message.slice(0, MAX_REASON)}${issue.path ? ` at ${v.getDotPath(issue) ?? 'its root'}` : ''}`);
  }
  const output = reply.output;
  if (output.ok) return output.value;
  const { code, message } = output.error;
  throw new SourceError(PASSED_ON.find((known) => known === code) ?? 'program', message);
}

/** What the session acts upon; all else is told. */
const PASSED_ON = ['notStarted', 'notReady', 'noRoom'] as const;
