/** Data as JSON that may stand in a `script` element: nothing in it can end the element. */
export function inlineJson(data: unknown): string {
  return JSON.stringify(data).replaceAll('<', '\\u003c');
}
