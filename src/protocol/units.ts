/** A duration in milliseconds. */
export type Milliseconds = number;
/** A duration in microseconds. */
export type Microseconds = number;
/** An amount of memory in bytes. */
export type Bytes = number;
/** A point in time: milliseconds since 1970-01-01 UTC, by the extension host's clock. */
export type EpochMilliseconds = number;
/**
 * A point in time by the program's own monotonic clock (`process.uptime()`, which no fake-timer library replaces), in
 * milliseconds since the process started. Only differences within one process mean anything.
 */
export type ProgramClock = Milliseconds;
