import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';
import { Icon } from './icon';
import { pure } from './pure';

/** Attributes of a row that tell tests and style sheets what it shows. */
export type RowData = Readonly<Record<`data-${string}`, string>>;

interface ExpandableRowProps {
  /** `never` in the functions below: a row is only ever given to those that came with it. */
  readonly row: { readonly id: string };
  readonly open: boolean;
  onToggle(id: string): void;
  readonly nameOf: (row: never) => string;
  readonly dataOf?: ((row: never) => RowData) | undefined;
  readonly head: (row: never) => ComponentChildren;
  readonly body: (row: never) => ComponentChildren;
}

/** One row of a list. A click anywhere but on a link opens or closes it; the button is for keyboards and screen readers. */
export const ExpandableRow = pure<ExpandableRowProps>(({ row, open, onToggle, nameOf, dataOf, head, body }) => {
  const bodyId = useId();
  const toggle = () => onToggle(row.id);
  return (
    <li class={`row${open ? ' open' : ''}`} data-test="row" data-row-id={row.id} {...dataOf?.(row as never)}>
      <div class="row-head" onClick={(event) => !isControl(event.target) && toggle()}>
        <button
          type="button"
          class="row-toggle"
          aria-expanded={open}
          aria-controls={open ? bodyId : undefined}
          aria-label={nameOf(row as never)}
          onClick={toggle}
        >
          <Icon name={open ? 'chevron-down' : 'chevron-right'} />
        </button>
        {head(row as never)}
      </div>
      {open && (
        <div class="row-body" id={bodyId}>
          {body(row as never)}
        </div>
      )}
    </li>
  );
});

function isControl(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('button') !== null;
}
