/** What was thrown, as text: anything can be, also an object that cannot be made a text. */
export function errorText(thrown: unknown): string {
  if (thrown instanceof Error) return thrown.message;
  return typeof thrown === 'string' ? thrown : 'unknown error';
}
