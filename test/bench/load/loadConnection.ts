import net from 'node:net';

const REQUEST = Buffer.from('GET / HTTP/1.1\r\nHost: localhost\r\nConnection: keep-alive\r\n\r\n');
const HEAD_END = Buffer.from('\r\n\r\n');

/**
 * A kept HTTP connection that asks again as soon as it has its answer. It parses no more than it must: on a machine with few
 * processors the load takes them from the program that is measured.
 */
export class LoadConnection {
  readonly #socket: net.Socket;
  readonly #onAnswer: (milliseconds: number) => boolean;
  readonly #onEnd: (error: Error | null) => void;
  #sentAt = 0;
  /** Bytes of the answer's body that are still to come; null before its head has come. */
  #missing: number | null = null;
  #head: Buffer = Buffer.alloc(0);

  /**
   * @param onAnswer Called with how long each answer took; whether to ask again.
   * @param onEnd Called once: without an error when `onAnswer` said no.
   */
  constructor(port: number, onAnswer: (milliseconds: number) => boolean, onEnd: (error: Error | null) => void) {
    this.#onAnswer = onAnswer;
    this.#onEnd = onEnd;
    this.#socket = net.connect({ port, host: '127.0.0.1', noDelay: true });
    this.#socket.on('connect', () => this.#ask());
    this.#socket.on('data', (chunk) => this.#receive(chunk));
    this.#socket.on('error', (error) => this.#end(error));
    this.#socket.on('close', () => this.#end(new Error('The program closed a connection.')));
  }

  #ask(): void {
    this.#missing = null;
    this.#sentAt = performance.now();
    this.#socket.write(REQUEST);
  }

  #receive(chunk: Buffer): void {
    if (this.#missing === null) {
      const data = this.#head.length > 0 ? Buffer.concat([this.#head, chunk]) : chunk;
      const end = data.indexOf(HEAD_END);
      this.#head = end < 0 ? data : Buffer.alloc(0);
      if (end < 0) return;
      const length = bodyLength(data.toString('latin1', 0, end));
      if (length instanceof Error) {
        this.#end(length);
        return;
      }
      this.#missing = end + HEAD_END.length + length - data.length;
    } else {
      this.#missing -= chunk.length;
    }
    if (this.#missing > 0) return;
    if (this.#onAnswer(performance.now() - this.#sentAt)) this.#ask();
    else this.#end(null);
  }

  #end(error: Error | null): void {
    // The close that follows is ours.
    this.#socket.removeAllListeners('close');
    this.#socket.destroy();
    this.#onEnd(error);
  }
}

/** The workloads answer with a length, so chunks need no decoding. */
function bodyLength(head: string): number | Error {
  if (!head.startsWith('HTTP/1.1 200')) return new Error(`The program answered ${head.split('\r\n')[0] ?? ''}.`);
  const length = /\ncontent-length: (\d+)/i.exec(head)?.[1];
  return length === undefined ? new Error('The program answered without a content-length.') : Number(length);
}
