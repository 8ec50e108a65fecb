import type { ComponentChildren } from 'preact';
import type { Frame } from '../../protocol/frames';
import type { Sorting } from './columnHeads';
import type { Page } from './context';

/** Attributes of a row that tell tests and style sheets what it shows. */
export type RowData = Readonly<Record<`data-${string}`, string>>;

/** How the rows of a grid are drawn. Of a module, not of a component, so that rows see no change in it. */
export interface RowLook<Row extends { readonly id: string }> {
  /** The height of a closed row until one was drawn: style sheets decide. */
  readonly height: number;
  /** What a row says in a few words. */
  nameOf(row: Row): string;
  /** From 1. */
  levelOf(row: Row): number;
  dataOf(row: Row): RowData;
  isExpandable(row: Row): boolean;
  /** The place in the source that Enter opens. */
  frameOf(row: Row): Frame | null;
  /** What is copied. */
  textOf(row: Row): string;
  /** What a row shows: cells. */
  head(row: Row): ComponentChildren;
  /** What an open row shows below itself; null when its children are rows. */
  body: ((row: Row) => ComponentChildren) | null;
  /** Where rows have something else to do than to show their source: what Enter does. */
  enter?(row: Row, page: Page): void;
  /** The heads of the columns, or null for none. */
  columns: ((sorting: Sorting | null) => ComponentChildren) | null;
}
