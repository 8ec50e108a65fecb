/**
 * The `$vscode` part of `.heapprofile` and `.cpuprofile` files, as js-debug writes it: where the frames of a profile are in
 * the source that people edit. VS Code's own viewer takes its links from there.
 */
import { pathToFileURL } from 'node:url';
import { TITLE_LIMIT, visibleText } from '../../../model/displayName';
import type { Frame } from '../../../protocol/frames';
import { isLocalPath } from '../../session/localFile';
import { baseName } from './frameText';

/** `Runtime.CallFrame` of the Chrome DevTools Protocol: where the running code is, lines and columns counted from 0, -1 for none. */
export interface CallFrame {
  readonly functionName: string;
  readonly scriptId: string;
  readonly url: string;
  readonly lineNumber: number;
  readonly columnNumber: number;
}

/** A place in a source as the debug adapter protocol has it: lines and columns count from 1. */
interface SourceLocation {
  readonly lineNumber: number;
  readonly columnNumber: number;
  readonly source: { readonly name: string; readonly path: string; readonly sourceReference: 0 };
}

export interface ViewerAnnotation {
  /** The workspace folder, which paths are shown from. */
  readonly rootPath?: string;
  readonly locations: readonly { readonly callFrame: CallFrame; readonly locations: readonly SourceLocation[] }[];
}

/** The place of a frame in the running code. */
type Place = NonNullable<Frame['generated']>;

const ROOT: CallFrame = { functionName: '(root)', scriptId: '0', url: '', lineNumber: -1, columnNumber: -1 };

/** Numbers the frames of a file. */
export class ViewerLocations {
  /** 0 is the root's: the viewer takes it for "no location" in a heap profile. */
  readonly #locations: { callFrame: CallFrame; locations: SourceLocation[] }[] = [{ callFrame: ROOT, locations: [] }];
  readonly #scriptIds = new Map<string, string>();
  readonly #idOfFrame = new Map<Frame, number>();

  /** @param frame Undefined for the root. */
  idOf(frame: Frame | undefined): number {
    if (frame === undefined) return 0;
    const known = this.#idOfFrame.get(frame);
    if (known !== undefined) return known;
    const id = this.#locations.length;
    this.#idOfFrame.set(frame, id);
    this.#locations.push(this.#describe(frame));
    return id;
  }

  callFrame(id: number): CallFrame {
    return this.#locations[id]?.callFrame ?? ROOT;
  }

  /** @param rootPath The workspace folder; '' for none. */
  annotation(rootPath: string): ViewerAnnotation {
    return { ...(rootPath !== '' && !breaksViewer(rootPath) && { rootPath }), locations: this.#locations };
  }

  #describe(frame: Frame): { callFrame: CallFrame; locations: SourceLocation[] } {
    const running = frame.generated ?? frame;
    const url = urlOf(running.file);
    const callFrame = { functionName: viewerText(visibleText(frame.functionName, TITLE_LIMIT)), scriptId: this.#scriptId(url), url, lineNumber: running.line - 1, columnNumber: running.column - 1 };
    // The viewer opens the first one: the source that people edit stands before the running code, as with js-debug.
    return { callFrame, locations: [...sourceLocation(frame), ...(frame.generated ? sourceLocation(frame.generated) : [])] };
  }

  #scriptId(url: string): string {
    const known = this.#scriptIds.get(url);
    if (known !== undefined) return known;
    const id = url === '' ? '0' : String(this.#scriptIds.size + 1);
    this.#scriptIds.set(url, id);
    return id;
  }
}

/**
 * Where a click leads. Files of this machine only: the viewer runs a path of `command:…` as a command of VS Code (it asks
 * before), and opens what has a scheme by that.
 */
function sourceLocation({ file, line, column }: Place): SourceLocation[] {
  if (!isLocalPath(file) || breaksViewer(file)) return [];
  return [{ lineNumber: Math.max(1, line), columnNumber: Math.max(1, column), source: { name: baseName(file), path: file, sourceReference: 0 } }];
}

/**
 * The URL of a script, as V8's inspector has it: of a file its file URL. Where there is no location, the viewer downloads a
 * web address on a click: a script can call itself by any, so that one is made a relative one, which it does not.
 */
function urlOf(file: string): string {
  if (isLocalPath(file)) return pathToFileURL(file).href;
  const text = viewerText(visibleText(file, TITLE_LIMIT));
  return text.startsWith('node:') || text.startsWith('file:') || !text.includes(':') ? text : `./${text}`;
}

/** The viewer puts the file into a script element of its page as it is: these would end the script. */
function viewerText(text: string): string {
  return text.replaceAll(/<(?=[/!])/g, '‹');
}

function breaksViewer(text: string): boolean {
  return /<[/!]/.test(text);
}
