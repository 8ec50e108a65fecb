import './processes.css';
import * as l10n from '@vscode/l10n';
import { useContext } from 'preact/hooks';
import { NAME_LIMIT, visibleText } from '../../model/displayName';
import { formatBytes, formatCount, formatKnown, formatPercent } from '../../model/format';
import type { ProcessesView, ProcessFigures, ProcessRow } from '../../protocol/processes';
import { PageContext } from './context';
import { Icon } from './icon';
import { ListCard, NEVER_READ } from './listCard';
import { STATE_LOOKS } from './sessionStates';

/** All programs of the launch as a tree with sums: a click shows another one. */
export function Processes({ processes }: { readonly processes: ProcessesView | null }) {
  const count = processes?.rows.length ?? 0;
  return (
    <ListCard
      id="processes"
      title={l10n.t('Processes and workers')}
      notes={[l10n.t('CPU and RSS are of whole processes, which their workers share. Sums are over what is current.')]}
      content={count > 0 ? { kind: 'rows', figure: '' } : NEVER_READ}
    >
      <table class="processes">
        <thead>
          <tr>
            <th scope="col">{l10n.t('Program')}</th>
            <th scope="col">{l10n.t('CPU')}</th>
            <th scope="col">{l10n.t('RSS')}</th>
            <th scope="col">{l10n.t('Heap used')}</th>
            <th scope="col">{l10n.t('Handles')}</th>
            <th scope="col">{l10n.t('Stuck')}</th>
          </tr>
        </thead>
        <tbody>{processes?.rows.map((row) => <Program key={row.session.id} row={row} />)}</tbody>
        {processes && count > 1 && (
          <tfoot>
            <tr>
              <th scope="row">{l10n.t('All')}</th>
              <Figures figures={processes.total} />
            </tr>
          </tfoot>
        )}
      </table>
    </ListCard>
  );
}

/** Pixels per level, as far as a few: names must stay in sight. */
const INDENT = 14;
const MOST_INDENT = 6;

function Program({ row: { session, depth, kind, figures, isCurrent, note } }: { readonly row: ProcessRow }) {
  const page = useContext(PageContext);
  const isOnShow = session.id === page?.sessionId;
  const look = STATE_LOOKS[session.state];
  const show = () => page?.host.post({ type: 'selectSession', sessionId: session.id });
  return (
    <tr class={isCurrent ? '' : 'not-current'} data-test="process" data-state={session.state}>
      <th scope="row" style={{ paddingLeft: `${12 + INDENT * Math.min(depth, MOST_INDENT)}px` }}>
        <button type="button" class="process" aria-current={isOnShow ? 'true' : undefined} title={note === null ? look.label : visibleText(note, 500)} onClick={show}>
          <Icon name={kind === 'worker' ? 'circuit-board' : 'server-process'} />
          <span class="row-name">{visibleText(session.name, NAME_LIMIT)}</span>
          <span class="process-state">{look.label}</span>
        </button>
      </th>
      <Figures figures={figures} />
    </tr>
  );
}

function Figures({ figures }: { readonly figures: ProcessFigures | null }) {
  return (
    <>
      <Figure value={figures?.cpuPercent} format={formatPercent} />
      <Figure value={figures?.rssBytes} format={formatBytes} />
      <Figure value={figures?.usedHeapBytes} format={formatBytes} />
      <Figure value={figures?.openHandles} format={formatCount} />
      <Figure value={figures?.stuck} format={formatCount} />
    </>
  );
}

function Figure({ value, format }: { readonly value: number | null | undefined; readonly format: (value: number) => string }) {
  return <td>{formatKnown(value, format)}</td>;
}
