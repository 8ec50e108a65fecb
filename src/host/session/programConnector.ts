import { setTimeout as delay } from 'node:timers/promises';
import { NOTHING_MISSING, type Missing } from '../../protocol/capabilities';
import type { Milliseconds } from '../../protocol/units';
import { CdpConnection, CdpError } from './cdpConnection';
import type { ProfileSource, SourceProgram } from './profileSource';
import type { ProgramLink } from './programLink';
import type { ProgramEvents } from './programWatch';
import type { SessionEnvironment } from './sessionEnvironment';
import { findAddress, type Target } from './target';

/** How long the debugger may take to open a connection. */
const CONNECT_TIMEOUT: Milliseconds = 10_000;
/** Between two attempts to get a connection back: doubled each time, up to the longest. */
const RETRY_AFTER: Milliseconds = 100;
const RETRY_LONGEST: Milliseconds = 10_000;

export interface ConnectorEvents extends ProgramEvents {
  /** The connection was cut, by what the program does or by what is in between. */
  onCut(): void;
}

/** Opens the way to the program of a session, and opens it again when it was cut. */
export class ProgramConnector {
  readonly #target: Target;
  readonly #environment: SessionEnvironment;
  readonly #link: ProgramLink;
  readonly #events: ConnectorEvents;
  #connection: CdpConnection | null = null;
  /** The last that was opened: one that is opened after a cut may go on with what it did. */
  #source: ProfileSource | null = null;

  constructor(target: Target, environment: SessionEnvironment, link: ProgramLink, events: ConnectorEvents) {
    this.#target = target;
    this.#environment = environment;
    this.#link = link;
    this.#events = events;
  }

  /** What the source that was at work last cannot give. */
  get missing(): Missing {
    return this.#source?.missing ?? NOTHING_MISSING;
  }

  /**
   * Connects, and has the source that fits the program begin.
   *
   * @param isWanted Whether somebody still waits for it.
   * @returns Null when nobody did any more. @throws CdpError or SourceError; then the connection is closed.
   */
  async open(isWanted: () => boolean): Promise<SourceProgram | null> {
    const connection = await CdpConnection.open(await findAddress(this.#target, CONNECT_TIMEOUT, isWanted), CONNECT_TIMEOUT);
    if (!isWanted()) {
      connection.close();
      return null;
    }
    this.#connection = connection;
    connection.onClose(() => this.#onClose(connection));
    try {
      const parts = { connection, target: this.#target, environment: this.#environment, events: this.#events };
      const { openSource } = await import('./onConnection');
      const source = await openSource({ ...parts, before: this.#source });
      const program = await source.begin();
      if (this.#connection !== connection) return null;
      this.#source = source;
      this.#link.open(source);
      return program;
    } catch (error) {
      if (this.#connection === connection) this.close();
      throw error;
    }
  }

  /** The same after a cut, again and again until it is open or nobody wants it any more. @throws SourceError. */
  async reopen(isWanted: () => boolean): Promise<SourceProgram | null> {
    for (let pause = RETRY_AFTER; ; pause = Math.min(2 * pause, RETRY_LONGEST)) {
      await delay(pause);
      if (!isWanted()) return null;
      try {
        return await this.open(isWanted);
      } catch (error) {
        // The debugger may offer a connection later: while its session lives, only the program itself can refuse for good.
        if (!(error instanceof CdpError)) throw error;
        this.#environment.log.debug(`${this.#target.name}: not connected again yet: ${error.message}`);
      }
    }
  }

  close(): void {
    const connection = this.#connection;
    this.#connection = null;
    this.#link.close();
    connection?.close();
  }

  #onClose(connection: CdpConnection): void {
    if (connection !== this.#connection) return;
    this.close();
    this.#events.onCut();
  }
}
