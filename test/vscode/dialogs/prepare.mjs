/** Five programs one after the other, a window that is loaded anew, and one more program. */
export const timeoutMs = 420_000;

/** A dialog closes when something else takes the focus, as editors and consoles do that come up late: not steady enough for every run. */
export const onRequest = true;
