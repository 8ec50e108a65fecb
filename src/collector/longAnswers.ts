import type { LongAnswer } from '../protocol/collector';

/** Answers under way at once. Older ones have been given up on by whoever asked. */
const MAX_UNDER_WAY = 4;

/** Hands out long answers piece by piece: see `ANSWER_PIECE`. */
export class LongAnswers {
  readonly #underWay = new Map<number, readonly string[]>();
  #lastId = 0;

  /** @returns The answer itself when it is of one piece, else its beginning. */
  begin(pieces: readonly string[]): string | LongAnswer {
    const [text = ''] = pieces;
    if (pieces.length <= 1) return text;
    const id = ++this.#lastId;
    this.#underWay.set(id, pieces);
    const [oldest = id] = this.#underWay.keys();
    if (this.#underWay.size > MAX_UNDER_WAY) this.#underWay.delete(oldest);
    return { id, length: pieces.reduce((length, piece) => length + piece.length, 0), text };
  }

  /**
   * The next piece of an answer, which is forgotten with its last; '' for one that is not known.
   *
   * @param from Characters that have been handed out.
   */
  piece(id: number, from: number): string {
    const pieces = this.#underWay.get(id) ?? [];
    let start = 0;
    const next = pieces.findIndex((piece) => {
      if (start === from) return true;
      start += piece.length;
      return false;
    });
    if (next === pieces.length - 1) this.#underWay.delete(id);
    return pieces[next] ?? '';
  }

  clear(): void {
    this.#underWay.clear();
  }
}
