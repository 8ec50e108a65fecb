import * as l10n from '@vscode/l10n';
import { useContext } from 'preact/hooks';
import { NAME_LIMIT, TITLE_LIMIT, visibleText } from '../../model/displayName';
import { formatBytes, formatCount, formatKnown, formatPercent } from '../../model/format';
import type { ListedProcess } from '../../model/processList';
import type { ProcessFigures } from '../../protocol/processes';
import { ColumnHeads, type Column } from './columnHeads';
import { PageContext, type Page } from './context';
import { Icon } from './icon';
import type { RowLook } from './rowLook';
import { STATE_LOOKS } from './sessionStates';

const COLUMNS: readonly Column[] = [
  { text: l10n.t('Program'), sort: 'name', order: 'ascending' },
  { text: l10n.t('CPU'), sort: 'cpu' },
  { text: l10n.t('RSS'), sort: 'rss' },
  { text: l10n.t('Heap used'), sort: 'heap' },
  { text: l10n.t('Handles'), sort: 'handles' },
  { text: l10n.t('Stuck'), sort: 'stuck' },
];

/** How a program is drawn in the list of all: Enter, or a click on its name, puts it on show. */
export const processLook: RowLook<ListedProcess> = {
  height: 27,
  nameOf: ({ session, figures }) => `${visibleText(session.name, NAME_LIMIT)}, ${STATE_LOOKS[session.state].label}, ${l10n.t('CPU')} ${formatKnown(figures?.cpuPercent, formatPercent)}`,
  levelOf: ({ depth }) => depth + 1,
  dataOf: ({ session, kind, isCurrent }) => ({ 'data-process': session.id, 'data-kind': kind, 'data-state': session.state, 'data-current': String(isCurrent) }),
  isExpandable: () => false,
  frameOf: () => null,
  textOf: rowText,
  head: (row) => <Program row={row} />,
  body: null,
  enter: show,
  columns: (sorting) => <ColumnHeads name="process-columns" columns={COLUMNS} sorting={sorting} />,
};

function show({ session }: ListedProcess, { host }: Page): void {
  host.post({ type: 'selectSession', sessionId: session.id });
}

function Program({ row }: { readonly row: ListedProcess }) {
  const page = useContext(PageContext);
  const { session, kind, figures, note } = row;
  const look = STATE_LOOKS[session.state];
  return (
    <div class="process-cells">
      <span class="process-program" role="gridcell">
        <button
          type="button"
          class="process"
          aria-current={session.id === page?.sessionId ? 'true' : undefined}
          title={note === null ? look.label : visibleText(note, TITLE_LIMIT)}
          tabIndex={-1}
          onClick={() => page && show(row, page)}
        >
          <Icon name={kind === 'worker' ? 'circuit-board' : 'server-process'} />
          <span class="row-name">{visibleText(session.name, NAME_LIMIT)}</span>
          <span class="process-state">{look.label}</span>
        </button>
      </span>
      <FigureCells figures={figures} />
    </div>
  );
}

/** The figures of a program, or of all: a cell each, below the heads of the columns. */
export function FigureCells({ figures }: { readonly figures: ProcessFigures | null }) {
  return (
    <>
      <Figure id="cpu" text={formatKnown(figures?.cpuPercent, formatPercent)} />
      <Figure id="rss" text={formatKnown(figures?.rssBytes, formatBytes)} />
      <Figure id="heap" text={formatKnown(figures?.usedHeapBytes, formatBytes)} />
      <Figure id="handles" text={formatKnown(figures?.openHandles, formatCount)} />
      <Figure id="stuck" text={formatKnown(figures?.stuck, formatCount)} />
    </>
  );
}

function Figure({ id, text }: { readonly id: string; readonly text: string }) {
  return (
    <span class="process-figure" role="gridcell" data-figure={id}>
      {text}
    </span>
  );
}

function rowText({ session, figures }: ListedProcess): string {
  const facts = [
    `${l10n.t('CPU')} ${formatKnown(figures?.cpuPercent, formatPercent)}`,
    `${l10n.t('RSS')} ${formatKnown(figures?.rssBytes, formatBytes)}`,
    `${l10n.t('Heap used')} ${formatKnown(figures?.usedHeapBytes, formatBytes)}`,
    `${l10n.t('Handles')} ${formatKnown(figures?.openHandles, formatCount)}`,
  ];
  const pid = session.pid === null ? '' : ` (${l10n.t('pid {0}', session.pid)})`;
  return `${visibleText(session.name, TITLE_LIMIT)}${pid}: ${facts.join(', ')}`;
}
