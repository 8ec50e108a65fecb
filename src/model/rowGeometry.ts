/** Pixels from the top of a list. */
export type Offset = number;

/** What an open row shows below itself. */
export interface RowBody {
  readonly position: number;
  readonly height: number;
}

/** Where the rows of a list are: all of one height, and below some of them a body of its own height. */
export class RowGeometry {
  readonly #rowHeight: number;
  readonly #bodies: readonly RowBody[];

  /** @param bodies In the order of their positions. */
  constructor(rowHeight: number, bodies: readonly RowBody[]) {
    this.#rowHeight = rowHeight;
    this.#bodies = bodies;
  }

  /** Where a row begins; for the number of rows the height of them all. */
  offsetOf(position: number): Offset {
    let offset = position * this.#rowHeight;
    for (const body of this.#bodies) {
      if (body.position >= position) break;
      offset += body.height;
    }
    return offset;
  }

  /** The row at an offset, or the one whose body is there. Before the list the first row, and past its end a position past it. */
  positionAt(offset: Offset): number {
    let above = 0;
    for (const body of this.#bodies) {
      const begin = (body.position + 1) * this.#rowHeight + above;
      if (offset < begin) break;
      if (offset < begin + body.height) return body.position;
      above += body.height;
    }
    return Math.max(0, Math.floor((offset - above) / this.#rowHeight));
  }
}
