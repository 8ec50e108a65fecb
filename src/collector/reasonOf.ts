/** What an error says of itself. One of the program's realm or of Node's is no `Error` of the collector's. */
export function reasonOf(error: unknown): string {
  const message = typeof error === 'object' && error !== null ? (error as { readonly message?: unknown }).message : undefined;
  return typeof message === 'string' ? message : String(error);
}
