/** Rows of the panel as text, for the clipboard. */
import type { AllocationRow } from '../protocol/allocations';
import type { Frame } from '../protocol/frames';
import type { HandleRow } from '../protocol/profile';
import { displayName, TITLE_LIMIT, visibleText } from './displayName';
import { formatBytes, formatCount, formatEstimate, formatMembers } from './format';
import { labelText, stateText, subjectsText, waitText } from './handleText';

/** Function and place of each frame, a line each, as the reports write them. */
export function stackText(stack: readonly Frame[]): string {
  return stack.map((frame) => `${displayName(frame.functionName)}${frame.file === '' ? '' : `  ${placeText(frame)}`}`).join('\n');
}

export function handleRowText(row: HandleRow): string {
  const facts = [stateText(row), subjectsText(row), waitText(row)].filter((fact) => fact !== '');
  return lines([`${formatMembers(row.count, row.estimated)} × ${labelText(row)}: ${facts.join('; ')}`, stackText([...row.stack, ...row.causeStack])]);
}

export function allocationRowText(row: AllocationRow): string {
  const isExact = row.kind === 'external';
  const bytes = formatBytes(row.self.bytes);
  const amounts = isExact ? bytes : `${formatEstimate(bytes)} in ${formatEstimate(formatCount(row.self.count))} objects`;
  const stack = row.stack.length > 0 ? row.stack : row.frame ? [row.frame] : [];
  return lines([`${amounts}: ${visibleText(row.label === '' ? '(anonymous)' : row.label, TITLE_LIMIT)}`, stackText(stack)]);
}

function placeText({ file, line }: Frame): string {
  return visibleText(line === 0 ? file : `${file}:${line}`, TITLE_LIMIT);
}

function lines(parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join('\n');
}
