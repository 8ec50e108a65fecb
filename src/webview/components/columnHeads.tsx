import './columnHeads.css';
import { Icon } from './icon';

/** How a list is sorted, and the way to sort it otherwise: by the names that its columns give. */
export interface Sorting {
  readonly by: string;
  choose(by: string): void;
}

export interface Column {
  readonly text: string;
  /** What a click on its head sorts by; none for a column by which nothing is sorted. */
  readonly sort?: string;
  /** The largest figure first, or names from A. */
  readonly order?: 'ascending' | 'descending';
}

interface ColumnHeadsProps {
  /** Of the row: style sheets lay it out as the rows below. */
  readonly name: string;
  readonly columns: readonly Column[];
  /** Null where the order is fixed. */
  readonly sorting: Sorting | null;
}

/** The heads of a grid's columns, by the ARIA pattern for sortable ones: a button each, which says whether the list goes by it. */
export function ColumnHeads({ name, columns, sorting }: ColumnHeadsProps) {
  return (
    <div role="rowgroup">
      <div class={`columns ${name}`} role="row" aria-rowindex={1}>
        {columns.map((column) => (
          <ColumnHead key={column.text} column={column} sorting={sorting} />
        ))}
      </div>
    </div>
  );
}

function ColumnHead({ column: { text, sort, order = 'descending' }, sorting }: { readonly column: Column; readonly sorting: Sorting | null }) {
  if (sort === undefined || sorting === null) return <span role="columnheader">{text}</span>;
  const isSorted = sorting.by === sort;
  return (
    <span role="columnheader" aria-sort={isSorted ? order : 'none'}>
      <button type="button" class="column-sort" data-test="column" data-sort={sort} onClick={() => sorting.choose(sort)}>
        {text}
        {isSorted && <Icon name={order === 'descending' ? 'arrow-down' : 'arrow-up'} />}
      </button>
    </span>
  );
}
