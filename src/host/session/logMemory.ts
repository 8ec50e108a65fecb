import type { EpochMilliseconds } from '../../protocol/units';
import type { Logger } from './logger';

export interface LogLine {
  readonly time: EpochMilliseconds;
  readonly level: keyof Logger;
  readonly message: string;
}

/** Lines kept: what happened lately is what a report is about. */
const MAX_LINES = 300;

/** A log that also remembers its newest lines: VS Code's channel cannot be read back. */
export class LogMemory implements Logger {
  readonly #log: Logger;
  readonly #lines: LogLine[] = [];

  constructor(log: Logger) {
    this.#log = log;
  }

  /** Oldest first. */
  get lines(): readonly LogLine[] {
    return this.#lines;
  }

  debug(message: string): void {
    this.#write('debug', message);
  }

  info(message: string): void {
    this.#write('info', message);
  }

  warn(message: string): void {
    this.#write('warn', message);
  }

  error(message: string): void {
    this.#write('error', message);
  }

  #write(level: keyof Logger, message: string): void {
    this.#log[level](message);
    this.#lines.push({ time: Date.now(), level, message });
    if (this.#lines.length > MAX_LINES) this.#lines.shift();
  }
}
