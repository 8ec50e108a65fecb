import { ANSWER_PIECE, LEAST_PIECE } from '../protocol/collector';

const encode = JSON.stringify;

/** Items of a list that are written at once, to begin with; a list of no more is written with what is around it. */
const FIRST_BATCH = 64;

/** Characters of the next batch, if its items are as long as those of the last: well below a piece, as they may be longer. */
const BATCH_TEXT = 48_000;
/** Items of numbers are short. */
const MAX_BATCH = 24_000;

/**
 * A value as JSON, the very text of `JSON.stringify`, in pieces as `ANSWER_PIECE` wants them. Long lists are written some items
 * at a time: whatever V8 writes at once it puts into a buffer that is made anew at twice the size each time it is full, and
 * then into the string. For an answer of 760,000 characters that was 600 new pages of memory, in batches it is 200.
 *
 * @param value Of plain objects, lists, texts, numbers, booleans and null; what is undefined is left out.
 */
export function jsonPieces(value: unknown): string[] {
  const writer = new PieceWriter();
  writer.write(value);
  return writer.end();
}

class PieceWriter {
  readonly #pieces: string[] = [];
  /** Written, and not yet a piece. */
  #open = '';

  write(value: unknown): void {
    if (Array.isArray(value)) this.#writeList(value);
    else if (typeof value === 'object' && value !== null) this.#writeObject(value);
    else this.#add(encode(value));
  }

  /** All pieces: what is left goes with the last ones that it fits into, so that a short answer is one piece. */
  end(): string[] {
    let last = this.#open;
    for (let before = this.#pieces.pop(); before !== undefined; before = this.#pieces.pop()) {
      if (last !== '' && before.length + last.length > ANSWER_PIECE) return [...this.#pieces, before, last];
      last = before + last;
    }
    return [last];
  }

  #writeObject(value: object): void {
    let before = '{';
    for (const [name, entry] of Object.entries(value)) {
      if (entry === undefined) continue;
      this.#add(`${before}${encode(name)}:`);
      this.write(entry);
      before = ',';
    }
    this.#add(before === '{' ? '{}' : '}');
  }

  #writeList(list: readonly unknown[]): void {
    if (list.length <= FIRST_BATCH) {
      this.#add(encode(list));
      return;
    }
    this.#add('[');
    let from = 0;
    for (let size = FIRST_BATCH; list.length - from > size; ) {
      const batch = list.slice(from, from + size);
      from += size;
      // For the comma before it, without a copy of all the rest.
      batch.push('');
      const text = encode(batch).slice(1, -3);
      this.#add(text);
      size = Math.max(1, Math.min(MAX_BATCH, Math.floor((size * BATCH_TEXT) / text.length)));
    }
    this.#add(encode(list.slice(from)).slice(1));
  }

  #add(text: string): void {
    this.#open += text;
    while (this.#open.length > ANSWER_PIECE) {
      const end = pieceEnd(this.#open);
      this.#pieces.push(this.#open.slice(0, end));
      this.#open = this.#open.slice(end);
    }
    if (this.#open.length < LEAST_PIECE) return;
    this.#pieces.push(this.#open);
    this.#open = '';
  }
}

/** Where the first piece of a text ends. Not within a surrogate pair: each half alone would arrive as a replacement character. */
function pieceEnd(text: string): number {
  const last = text.charCodeAt(ANSWER_PIECE - 1);
  return last >= 0xd800 && last < 0xdc00 ? ANSWER_PIECE + 1 : ANSWER_PIECE;
}
