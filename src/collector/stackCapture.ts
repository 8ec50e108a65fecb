import type { FrameTable } from '../model/frameTable';
import { ownArray } from '../model/ownArray';
import { OWN_SCRIPT } from '../protocol/collector';
import { lookAtStack } from './interruptedStack';

/** An unformatted capture: V8 formats it when `stack` is first read. Until then it keeps every frame's `this` alive. */
export interface Capture {
  readonly stack?: unknown;
}

/** Frames captured per handle: `http.get` puts some 15 of Node's own between the socket and the caller. */
const CAPTURED_FRAMES = 24;

/** `fetch` puts some 30 there, all the way from the caller to the place that tells of the request. */
export const FETCH_FRAMES = 48;

/** Frames above the resource that are only how the hook was reached. */
const HOOK_SCRIPT = /^node:internal\/(?:async|promise)_hooks/;

/** Functions in there by which Node calls the program: they are on its stack for as long as it runs. */
const CALLERS = /^(?:callbackTrampoline|defaultTriggerAsyncIdScope)$/;

/** The collector's own frames on top of a capture, at most. */
const OWN_FRAMES = 6;

/** Frames below an evaluation that are looked through for a hook. */
const DEEPEST_LOOK = 200;

/** In place of the index of a frame that is left out. */
const HOOK_FRAME = -1;

/** V8 has it on every version; the types of Node do not. */
interface CallSite extends NodeJS.CallSite {
  getPosition(): number;
}

/** Takes creation stacks cheaply and formats them later, into indices of a frame table. */
export class StackCapture {
  readonly #table: FrameTable;
  /** Frames by script and place within it. */
  readonly #places = new Map<string, Map<string, number>>();

  constructor(table: FrameTable) {
    this.#table = table;
  }

  /**
   * A capture of the current stack. 4-15 µs, not formatted.
   *
   * The collector's own frames are captured and left out when it is formatted: told to begin below a function, V8 14.6
   * now and then captures nothing at all in a promise hook (up to 7% of 60,000 awaits, in 3 of 16 runs on a busy machine).
   */
  capture(frames = CAPTURED_FRAMES): Capture {
    const capture: Capture = {};
    // Of the collector's realm, like the format below: the program's own is neither read nor set.
    Error.stackTraceLimit = frames + OWN_FRAMES;
    Error.captureStackTrace(capture);
    return capture;
  }

  /**
   * Formats captures: V8 does it when their stack is first read, by what is set in the realm that captured them.
   *
   * @returns Null for a capture that V8 has left empty: not even the collector's own frames are in it.
   */
  format(captures: readonly Capture[]): (readonly number[] | null)[] {
    const { prepareStackTrace } = Error;
    Error.prepareStackTrace = (_error, sites) => (sites.length === 0 ? null : this.#framesFromSites(sites));
    try {
      return captures.map(({ stack }) => (Array.isArray(stack) ? (stack as number[]) : null));
    } finally {
      Error.prepareStackTrace = prepareStackTrace;
    }
  }

  /**
   * Whether the caller has interrupted a hook: the debugger evaluates between any two steps of the program, also while Node
   * is telling of a resource from within its native constructor. What is only half made must not be touched: asking a file
   * handle for its `fd` there ended the process (Node 20 to 26, SIGSEGV in StreamBase::GetFD). True also when the stack is
   * too deep to tell.
   */
  isInsideHook(): boolean {
    const isHook = (site: NodeJS.CallSite) => HOOK_SCRIPT.test(site.getFileName() ?? '') && !CALLERS.test(site.getFunctionName() ?? '');
    return lookAtStack(DEEPEST_LOOK, (sites) => sites.length >= DEEPEST_LOOK || sites.some(isHook)) ?? true;
  }

  #framesFromSites(sites: readonly NodeJS.CallSite[]): number[] {
    const frames: number[] = [];
    for (const site of ownArray(sites)) {
      const frame = this.#frameOf(site);
      if (frame !== HOOK_FRAME) frames.push(frame);
    }
    return frames;
  }

  /**
   * The same places come again and again, and their line and name take most of the time: so each is looked up once, by its
   * offset in the script. The name is part of the key because a module that is loaded anew has other code at the offset.
   */
  #frameOf(site: CallSite): number {
    const url = site.getFileName() ?? site.getScriptNameOrSourceURL();
    if (typeof url !== 'string') return this.#table.indexOf(functionName(site), '', site.getLineNumber() ?? 0, site.getColumnNumber() ?? 0);
    let places = this.#places.get(url);
    if (places === undefined) this.#places.set(url, (places = new Map<string, number>()));
    const place = `${site.getPosition()}${site.isAsync() ? 'a' : ''}${site.getFunctionName() ?? ''}`;
    let frame = places.get(place);
    if (frame === undefined) {
      frame = HOOK_SCRIPT.test(url) || OWN_SCRIPT.test(url)
        ? HOOK_FRAME
        : this.#table.indexOf(functionName(site), url, site.getLineNumber() ?? 0, site.getColumnNumber() ?? 0);
      places.set(place, frame);
    }
    return frame;
  }
}

/** The name as V8 writes it in a stack trace: `async fetchAll`, `new Pool`, `Pool.acquire`. */
function functionName(site: NodeJS.CallSite): string {
  const name = site.getFunctionName() ?? '';
  const prefix = site.isAsync() ? 'async ' : '';
  if (site.isConstructor()) return `${prefix}new ${name || '(anonymous)'}`;
  if (name === '') return prefix.trimEnd();
  // In strict code V8 gives no receiver type; elsewhere the type is part of how people know a method.
  const type = site.isToplevel() || prefix ? null : site.getTypeName();
  return type && type !== 'Object' && !name.includes('.') ? `${type}.${name}` : prefix + name;
}
