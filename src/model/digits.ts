/** Numbers in the digits and separators of the reader's language. */

/** Read as English where this runtime does not know the language. Looked up with the first number: that alone takes 35 ms of a process. */
let languages = ['en-US'];
const formats = new Map<string, Intl.NumberFormat>();

/** @param tag A language as HTML and VS Code name it. One that this runtime does not know is read as English. */
export function writeDigitsIn(tag: string): void {
  languages = [tag, 'en-US'];
  formats.clear();
}

/**
 * @param fraction How many digits stand behind the decimal separator, always.
 * @param isGrouped Whether thousands are set apart.
 */
export function digits(value: number, fraction: number, isGrouped = false): string {
  const key = `${fraction}${isGrouped ? ' grouped' : ''}`;
  let format = formats.get(key);
  if (!format) {
    format = new Intl.NumberFormat(languages, { minimumFractionDigits: fraction, maximumFractionDigits: fraction, useGrouping: isGrouped });
    formats.set(key, format);
  }
  return format.format(value);
}
