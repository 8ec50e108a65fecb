/** @param otherwise Minutes, when nothing else was asked for. */
export function minutesOf(otherwise: number): number;
