/** Three programs one after the other, and a heap snapshot. */
export const timeoutMs = 420_000;

/** A dialog closes when something else takes the focus, as editors and consoles do that come up late: not yet steady enough for every run. */
export const onRequest = true;
