/**
 * The program may be at the edge of its stack when a hook is called, and the hook needs some of it too. What overflows in a
 * hook ends the process or is printed by Node, where the program would have got a `RangeError` to catch. So a hook catches
 * it and goes on; only its own first frame, like an empty hook's, can fail as Node has it.
 */

/** V8's words, which are a property of the error itself: its class may be of the program's realm, and patched. */
const OVERFLOW = 'Maximum call stack size exceeded';

/**
 * What goes wrong in hooks. Where the stack is full nothing can be called, so a hook's `catch` sets the property first, and
 * catches again what `tell` throws.
 */
export class HookFailures {
  /** Whether a hook was broken off: what was being changed then was left half done. */
  hasOccurred = false;
  readonly #onFailure: (error: unknown) => void;

  /** @param onFailure Told of all but a stack that overflowed, which says nothing of the hook. */
  constructor(onFailure: (error: unknown) => void) {
    this.#onFailure = onFailure;
  }

  tell(error: unknown): void {
    const isOverflow = typeof error === 'object' && error !== null && (error as { readonly message?: unknown }).message === OVERFLOW;
    if (!isOverflow) this.#onFailure(error);
  }
}

/** As many words as 64 KB of stack, of the 984 KB that V8 has: with 16 KB, V8 now and then gave no frames of a capture. */
const ROOM = new Array<undefined>(8_192).fill(undefined);

/** Whether there is room for work that must not be left half done. 4 µs: for what is rare. */
export function hasStackRoom(): boolean {
  try {
    // Arguments go onto the stack, which V8 looks at first.
    Reflect.apply(nothing, undefined, ROOM);
    return true;
  } catch {
    // Nothing else can fail in there.
    return false;
  }
}

function nothing(): void {
  // It is only called.
}
