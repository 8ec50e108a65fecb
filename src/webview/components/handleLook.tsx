import { formatMembers } from '../../model/format';
import { groupName, openerOf } from '../../model/handleText';
import { handleRowText } from '../../model/rowText';
import type { HandleRow } from '../../protocol/profile';
import { HandleBody } from './handleBody';
import { HandleHead } from './handleHead';
import type { RowLook } from './rowLook';

/** How a group of handles is drawn, wherever the list is. */
export const handleLook: RowLook<HandleRow> = {
  height: 47,
  nameOf: (row) => `${formatMembers(row.count, row.estimated)} ${groupName(row)}${row.stuck ? ', stuck' : ''}`,
  levelOf: () => 1,
  dataOf: ({ kind, stuck, count }) => ({ 'data-kind': kind, 'data-stuck': String(stuck), 'data-count': String(count) }),
  isExpandable: () => true,
  frameOf: (row) => openerOf(row) ?? null,
  textOf: handleRowText,
  head: (row) => <HandleHead row={row} />,
  body: (row) => <HandleBody row={row} />,
  columns: null,
};
