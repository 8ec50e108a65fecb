/** How a row of a handle list is drawn, wherever the list is. Functions of the module, so that rows see no change in them. */
import { formatMembers } from '../../model/format';
import { groupName } from '../../model/handleText';
import type { HandleRow } from '../../protocol/profile';
import { HandleBody } from './handleBody';
import { HandleHead } from './handleHead';
import type { RowData } from './expandableRow';

export function handleName(row: HandleRow): string {
  const problem = row.stuck ? ', stuck' : '';
  return `${formatMembers(row.count, row.estimated)} ${groupName(row)}${problem}`;
}

/** For tests and style sheets. */
export function handleData({ kind, stuck, count }: HandleRow): RowData {
  return { 'data-kind': kind, 'data-stuck': String(stuck), 'data-count': String(count) };
}

export function handleHead(row: HandleRow) {
  return <HandleHead row={row} />;
}

export function handleBody(row: HandleRow) {
  return <HandleBody row={row} />;
}
