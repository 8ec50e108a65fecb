/** Shows where in the source a bundled test failed. */
import { findSourceMap } from 'node:module';
import { fileURLToPath } from 'node:url';

/** Replaces `bundle.js:line:column` by the place in the source, where Node has read the bundle's source map. */
export function withSourcePositions(stack: string): string {
  return stack.replace(/([^\s()]+\.js):(\d+):(\d+)/g, (position, file: string, line: string, column: string) => {
    const origin = findSourceMap(file)?.findOrigin(Number(line), Number(column));
    if (origin === undefined || !('fileName' in origin)) return position;
    const { fileName, lineNumber, columnNumber } = origin;
    return `${fileName.startsWith('file:') ? fileURLToPath(fileName) : fileName}:${lineNumber}:${columnNumber}`;
  });
}
