/** Two hashes of 32 bits side by side (FNV-1a with different starts) as text: enough to tell some ten thousand rows apart. */
export function textHash(text: string): string {
  let first = 0x811c9dc5;
  let second = 0xc9dc5118;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    first = Math.imul(first ^ code, 0x01000193);
    second = Math.imul(second ^ (code + (index & 0xff)), 0x01000193);
  }
  return `${(first >>> 0).toString(36)}${(second >>> 0).toString(36).padStart(7, '0')}`;
}
