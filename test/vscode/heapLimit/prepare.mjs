/** V8 may take a minute to give a program up whose heap is full. */
export const timeoutMs = 600_000;
