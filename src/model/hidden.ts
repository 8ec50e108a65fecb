import type { Hidden, HiddenGroup, HandleRow } from '../protocol/profile';
import { headlineFrame } from './stackFrames';

export const NOTHING_HIDDEN: Hidden = { files: [], groups: [] };

/** Files, and groups, that are remembered as hidden: past this many the oldest is shown again. */
export const MAX_HIDDEN = 500;

/** The file that a group belongs to: that of the frame which names it; null when no frame of it has a file. */
export function fileOf(row: Pick<HandleRow, 'stack' | 'causeStack'>): string | null {
  // Joined as for the headline on show: what Node opened by itself is named by its cause.
  const file = headlineFrame([...row.stack, ...row.causeStack])?.file ?? '';
  return file === '' ? null : file;
}

export function isHidden(row: HandleRow, hidden: Hidden): boolean {
  if (hidden.groups.some(({ id }) => id === row.id)) return true;
  // Most people hide nothing, and this is asked for every row of every reading.
  if (hidden.files.length === 0) return false;
  const file = fileOf(row);
  return file !== null && hidden.files.includes(file);
}

/** How many of the groups are hidden. */
export function hiddenCount(rows: readonly HandleRow[], hidden: Hidden): number {
  return rows.reduce((count, row) => count + Number(isHidden(row, hidden)), 0);
}

/** Unchanged, the same object, when the file is hidden already. */
export function hideFile(hidden: Hidden, file: string): Hidden {
  if (hidden.files.includes(file)) return hidden;
  return { ...hidden, files: [...hidden.files, file].slice(-MAX_HIDDEN) };
}

/** Unchanged, the same object, when the group is hidden already. */
export function hideGroup(hidden: Hidden, group: HiddenGroup): Hidden {
  if (hidden.groups.some(({ id }) => id === group.id)) return hidden;
  return { ...hidden, groups: [...hidden.groups, group].slice(-MAX_HIDDEN) };
}

/** Unchanged, the same object, when the file is not hidden. */
export function unhideFile(hidden: Hidden, file: string): Hidden {
  if (!hidden.files.includes(file)) return hidden;
  return { ...hidden, files: hidden.files.filter((other) => other !== file) };
}

/** Unchanged, the same object, when the group is not hidden. */
export function unhideGroup(hidden: Hidden, groupId: string): Hidden {
  if (!hidden.groups.some(({ id }) => id === groupId)) return hidden;
  return { ...hidden, groups: hidden.groups.filter(({ id }) => id !== groupId) };
}
