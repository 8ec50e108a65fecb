/** Five programs one after the other, a window that is loaded anew, and one more program. */
export const timeoutMs = 420_000;
