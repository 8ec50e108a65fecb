/** A table for the output of a test run: rows and columns appear in the order in which their first cell is set. */
export class TextTable {
  readonly #rows = new Map<string, Map<string, string>>();
  readonly #columns = new Set<string>();
  readonly #corner: string;

  /** @param corner What the rows are. */
  constructor(corner: string) {
    this.#corner = corner;
  }

  set(row: string, column: string, text: string): void {
    this.#columns.add(column);
    const cells = this.#rows.get(row) ?? new Map<string, string>();
    this.#rows.set(row, cells.set(column, text));
  }

  /** Writes it to the test's output, with a line before and after; nothing when no cell was set. */
  print(): void {
    if (this.#rows.size > 0) process.stdout.write(`\n${this.toString()}\n\n`);
  }

  toString(): string {
    const columns = [...this.#columns];
    const lines = [[this.#corner, ...columns]];
    for (const [row, cells] of this.#rows) lines.push([row, ...columns.map((column) => cells.get(column) ?? '')]);
    const widths = lines[0]?.map((_, index) => Math.max(...lines.map((line) => line[index]?.length ?? 0))) ?? [];
    const texts = lines.map((line) => `| ${line.map((cell, index) => cell.padEnd(widths[index] ?? 0)).join(' | ')} |`);
    texts.splice(1, 0, `|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`);
    return texts.join('\n');
  }
}
