/**
 * One stack frame as V8 reported it in the program, before source maps.
 * `url` is a plain path for CommonJS, `file://…` for ES modules, `node:…` for Node's own code, and '' when V8 knows none.
 */
export interface RawFrame {
  readonly functionName: string;
  readonly url: string;
  /** Counted from 1; 0 when unknown. */
  readonly line: number;
  /** Counted from 1; 0 when unknown. */
  readonly column: number;
}

/** Who wrote the code of a frame: decides how it is dimmed and which frame heads a group. */
export type FrameOrigin = 'user' | 'library' | 'node' | 'native';

/** A frame as people see it: in the source they edit, after source maps. */
export interface Frame {
  readonly functionName: string;
  /** Absolute path, `node:…` name, or '' when there is no source. */
  readonly file: string;
  /** Counted from 1; 0 when unknown. */
  readonly line: number;
  /** Counted from 1; 0 when unknown. */
  readonly column: number;
  readonly origin: FrameOrigin;
  /** Where the running code is, when `file`, `line` and `column` were mapped from it. */
  readonly generated?: { readonly file: string; readonly line: number; readonly column: number };
}
