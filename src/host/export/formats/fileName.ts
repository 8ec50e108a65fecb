import { withoutParent } from '../../../model/displayName';

/** Names that Windows keeps for devices, whatever follows the first dot. */
const RESERVED = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i;
const MAX_LENGTH = 100;
/** With three bytes for each, and the time and the ending, it keeps to the 255 bytes that file systems take. */
const MAX_PROGRAM = 50;

/**
 * A name for a file about a program: the program, the time to the second, the ending. Made of letters, their marks, digits,
 * dots and hyphens, as the program may be called anything.
 */
export function fileName(program: string, time: Date, extension: string): string {
  const cleaned = withoutParent(program)
    .slice(0, MAX_PROGRAM)
    // Also the half of a letter that the cut left.
    .replaceAll(/[^\p{L}\p{M}\p{N}._-]+/gu, '-')
    .replaceAll(/^[-.\p{M}]+|[-.]+$/gu, '');
  const name = cleaned === '' ? 'program' : RESERVED.test(cleaned) ? `program-${cleaned}` : cleaned;
  const two = (value: number) => String(value).padStart(2, '0');
  const date = `${time.getFullYear()}-${two(time.getMonth() + 1)}-${two(time.getDate())}`;
  return `${name}-${date}-${two(time.getHours())}-${two(time.getMinutes())}-${two(time.getSeconds())}.${extension}`.slice(-MAX_LENGTH);
}
