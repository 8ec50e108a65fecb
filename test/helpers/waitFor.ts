/**
 * Waits until `condition` gives a value other than undefined, and gives that.
 *
 * @param what Completes the sentence of the time-out: "Waited 20 s for …". A function is asked when it is over.
 * @param pause Milliseconds between two looks, for a condition that costs what it looks at.
 */
export async function waitFor<T>(
  what: string | (() => string),
  condition: () => T | undefined | Promise<T | undefined>,
  timeout = 20_000,
  pause = 20,
): Promise<T> {
  const deadline = Date.now() + timeout;
  for (;;) {
    const value = await condition();
    if (value !== undefined) return value;
    if (Date.now() > deadline) throw new Error(`Waited ${timeout / 1000} s for ${typeof what === 'string' ? what : what()}.`);
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
}
