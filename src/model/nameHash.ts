/**
 * Short names for long paths of names, the same in every process. Numbers of 53 bits: among a thousand rows two are the
 * same by chance once in 10^10 times. A program can make texts that collide, so nothing may rest on it that matters.
 */

/** @returns A whole number from 0 to 2^53. */
export function hashText(text: string): number {
  let low = 0xdeadbeef;
  let high = 0x41c6ce57;
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    low = Math.imul(low ^ unit, 0x9e3779b1);
    high = Math.imul(high ^ unit, 0x5f356495);
  }
  return mixed(low, high);
}

/** The hash of a path that is continued by a step; both are hashes. */
export function hashStep(path: number, step: number): number {
  const low = Math.imul(path, 0x9e3779b1) + step;
  const high = Math.imul(path / 2 ** 32, 0x5f356495) + step / 2 ** 32;
  return mixed(low | 0, high | 0);
}

/** The last step of cyrb53, by which every bit of both comes to count for every bit of the result. */
function mixed(low: number, high: number): number {
  const a = Math.imul(low ^ (low >>> 16), 0x85ebca6b) ^ Math.imul(high ^ (high >>> 13), 0xc2b2ae35);
  const b = Math.imul(high ^ (high >>> 16), 0x85ebca6b) ^ Math.imul(a ^ (a >>> 13), 0xc2b2ae35);
  return (b & 0x1fffff) * 2 ** 32 + (a >>> 0);
}
