import { basename } from 'node:path';
import type { Frame } from '../../../protocol/frames';

/** `Runtime.CallFrame` of the Chrome DevTools Protocol: lines and columns counted from 0, -1 when unknown. */
export interface CallFrame {
  readonly functionName: string;
  readonly scriptId: string;
  readonly url: string;
  readonly lineNumber: number;
  readonly columnNumber: number;
}

/**
 * What js-debug adds to a profile, and VS Code's own viewer opens the source by: the places in the source of each location.
 * A node names its location by its number; the viewer takes 0 for none, so that 0 is the root's.
 */
export interface ViewerAnnotations {
  readonly rootPath: string;
  readonly locations: readonly {
    readonly callFrame: CallFrame;
    readonly locations: readonly { readonly lineNumber: number; readonly columnNumber: number; readonly source: { readonly name: string; readonly path: string; readonly sourceReference: 0 } }[];
  }[];
}

export const ROOT_FRAME: CallFrame = { functionName: '(root)', scriptId: '0', url: '', lineNumber: -1, columnNumber: -1 };

/** The frame as the program runs it. */
export function callFrame({ functionName, file, line, column, generated }: Frame): CallFrame {
  const place = generated ?? { file, line, column };
  return { functionName, scriptId: '0', url: place.file, lineNumber: place.line - 1, columnNumber: place.column - 1 };
}

/** @param rootPath The folder that paths are shown relative to. */
export function viewerAnnotations(frames: readonly Frame[], rootPath: string): ViewerAnnotations {
  // Node's own code is in no file.
  const place = ({ file, line, column }: Frame) =>
    file === '' || file.startsWith('node:') ? [] : [{ lineNumber: Math.max(1, line), columnNumber: Math.max(1, column), source: { name: basename(file), path: file, sourceReference: 0 as const } }];
  // Without any place the viewer fails: what has no source gets an empty one.
  const nowhere = [{ lineNumber: 1, columnNumber: 1, source: { name: '', path: '', sourceReference: 0 as const } }];
  const locations = frames.map((frame) => {
    const places = place(frame);
    return { callFrame: callFrame(frame), locations: places.length > 0 ? places : nowhere };
  });
  return { rootPath, locations: [{ callFrame: ROOT_FRAME, locations: nowhere }, ...locations] };
}
