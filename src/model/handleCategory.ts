import type { HandleCategory, HandleRequest } from '../protocol/collector';
import type { RawFrame } from '../protocol/frames';
import type { CreationStack, OpenHandle } from './handleGroups';
import { handleKind, isConnection } from './handleKinds';

/**
 * R8: the user's patterns decide first, background before per-request; then what caused the handle. What a request opened
 * stays per-request even when it is an interval or a watcher: left open, it is a leak of that request. Only a connection
 * may rightly live on, in a pool: once its request is answered nothing tells whom it belongs to.
 *
 * @param textOf Gives the stack as {@link stackText} writes it; asked for only when there are patterns.
 */
export function handleCategory(
  handle: OpenHandle,
  textOf: (handle: OpenHandle) => string,
  patterns: Pick<HandleRequest, 'backgroundPatterns' | 'perRequestPatterns'>,
): HandleCategory {
  const { backgroundPatterns, perRequestPatterns } = patterns;
  if (backgroundPatterns.length > 0 || perRequestPatterns.length > 0) {
    const stack = textOf(handle);
    if (backgroundPatterns.some((pattern) => pattern !== '' && stack.includes(pattern))) return 'background';
    if (perRequestPatterns.some((pattern) => pattern !== '' && stack.includes(pattern))) return 'per_request';
  }
  if (handle.request !== null) {
    return isConnection(handle.type) && handle.request.isFinished ? 'unknown' : 'per_request';
  }
  if (handle.isBackground || handleKind(handle.type).background) return 'background';
  return 'unknown';
}

/** What the user's patterns are looked for in: each frame as its function and its place, the stack before its cause. */
export function stackText({ stack, causeStack }: CreationStack, frames: readonly RawFrame[]): string {
  return [...stack, ...causeStack]
    .map((index) => frames[index])
    .map((frame) => (frame ? `${frame.functionName}\n\t${frame.url}:${frame.line}` : ''))
    .join('\n');
}
