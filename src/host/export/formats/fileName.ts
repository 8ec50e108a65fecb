/** Names that Windows keeps for devices, whatever their ending. */
const RESERVED = /^(?:con|prn|aux|nul|com\d|lpt\d)$/i;
const MAX_LENGTH = 100;
const MAX_PROGRAM = 50;

/**
 * A name for a file about a program: the program, the time to the second, the ending. Made of letters, digits, dots and
 * hyphens, as the program may be called anything.
 */
export function fileName(program: string, time: Date, extension: string): string {
  const cleaned = program
    .replaceAll(/[^\p{L}\p{N}._-]+/gu, '-')
    .replaceAll(/^[-.]+|[-.]+$/g, '')
    .slice(0, MAX_PROGRAM)
    .replaceAll(/[-.]+$/g, '');
  const name = cleaned === '' || RESERVED.test(cleaned) ? 'program' : cleaned;
  const two = (value: number) => String(value).padStart(2, '0');
  const date = `${time.getFullYear()}-${two(time.getMonth() + 1)}-${two(time.getDate())}`;
  return `${name}-${date}-${two(time.getHours())}-${two(time.getMinutes())}-${two(time.getSeconds())}.${extension}`.slice(-MAX_LENGTH);
}
