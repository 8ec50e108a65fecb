import './handles.css';
import { formatCount, formatQuantity } from '../../model/format';
import { displayName } from '../../model/displayName';
import type { HandleRow, HandlesView } from '../../protocol/profile';
import { HandleHead, openerOf } from './handleHead';
import { ListCard, NEVER_READ, type ListContent } from './listCard';
import { RowList } from './rowList';
import { Stack } from './stack';

interface HandlesProps {
  readonly handles: HandlesView | null;
  /** Said while there is no reading yet; null when none will come. */
  readonly waiting: string | null;
}

/** What the program is still waiting for, by what opened it: stuck first, then the longest wait. */
export function Handles({ handles, waiting }: HandlesProps) {
  return (
    <ListCard
      id="handles"
      title="Open handles"
      note="Grouped by type, state and the stack that opened them. Time paused in the debugger does not count as waiting."
      content={contentOf(handles, waiting)}
    >
      <RowList label="Open handles" rows={handles?.rows ?? []} nameOf={handleName} head={handleHead} body={handleBody} />
    </ListCard>
  );
}

function contentOf(handles: HandlesView | null, waiting: string | null): ListContent {
  if (!handles) return waiting === null ? NEVER_READ : { kind: 'waiting', text: waiting };
  if (handles.missing !== null) return { kind: 'missing', text: handles.missing };
  if (handles.rows.length > 0) return { kind: 'rows', figure: totals(handles) };
  return { kind: 'empty', text: 'No handle that was opened since profiling began is still open.' };
}

function totals({ total, rows, omittedGroups }: HandlesView): string {
  const listed = `${formatCount(total)} in ${formatQuantity(rows.length + omittedGroups, 'group')}`;
  return omittedGroups === 0 ? listed : `${listed}, ${formatCount(omittedGroups)} not listed`;
}

function handleName(row: HandleRow): string {
  const opener = openerOf(row);
  return `${formatCount(row.count)} ${displayName(row.label)}${opener ? `, opened by ${displayName(opener.functionName)}` : ''}`;
}

function handleHead(row: HandleRow) {
  return <HandleHead row={row} />;
}

function handleBody(row: HandleRow) {
  return (
    <>
      {row.stack.length > 0 && <Stack frames={row.stack} label="Opened by" />}
      {row.causeStack.length > 0 && (
        <>
          <div class="cause">caused by</div>
          <Stack frames={row.causeStack} label="Caused by" />
        </>
      )}
      {row.stack.length + row.causeStack.length === 0 && <p class="no-stack">These were open before profiling began, so what opened them is not known.</p>}
    </>
  );
}
