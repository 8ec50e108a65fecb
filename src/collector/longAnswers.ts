import { ANSWER_PIECE, type LongAnswer } from '../protocol/collector';

/** Answers under way at once. Older ones have been given up on by whoever asked. */
const MAX_UNDER_WAY = 4;

/** Hands out long answers piece by piece: see `ANSWER_PIECE`. */
export class LongAnswers {
  readonly #texts = new Map<number, string>();
  #lastId = 0;

  /** @returns The answer itself when it is short, else its beginning. */
  begin(text: string): string | LongAnswer {
    if (text.length <= ANSWER_PIECE) return text;
    const id = ++this.#lastId;
    this.#texts.set(id, text);
    const [oldest = id] = this.#texts.keys();
    if (this.#texts.size > MAX_UNDER_WAY) this.#texts.delete(oldest);
    return { id, length: text.length, text: this.piece(id, 0) };
  }

  /** The next piece of an answer, which is forgotten with its last; '' for one that is not known. */
  piece(id: number, from: number): string {
    const text = this.#texts.get(id) ?? '';
    const end = pieceEnd(text, from);
    if (end >= text.length) this.#texts.delete(id);
    return text.slice(from, end);
  }

  clear(): void {
    this.#texts.clear();
  }
}

/** Not within a surrogate pair: each half alone would arrive as a replacement character. */
function pieceEnd(text: string, from: number): number {
  const end = from + ANSWER_PIECE;
  const last = text.charCodeAt(end - 1);
  return last >= 0xd800 && last < 0xdc00 ? end + 1 : end;
}
