/**
 * Reads files whose names came from the program or from a source map. A name may be anything: a FIFO or a terminal, which
 * would block a thread of the host for ever, a device, or a share of another machine, which Windows would log on to. Only
 * regular files of this machine's own tree are opened.
 */
import { constants } from 'node:fs';
import { open, stat, type FileHandle } from 'node:fs/promises';
import path from 'node:path';

/** What tells two versions of a file apart. */
export interface FileVersion {
  readonly sizeBytes: number;
  readonly mtimeMs: number;
}

/** Not defined on Windows, which has no FIFOs among its files. */
const NON_BLOCKING = (constants as Partial<typeof constants>).O_NONBLOCK ?? 0;

/** The version of a regular file; undefined for all else: nothing there, not readable, a folder, a device, another machine's. */
export async function fileVersion(file: string): Promise<FileVersion | undefined> {
  if (!isLocalPath(file)) return undefined;
  try {
    const found = await stat(file);
    return found.isFile() ? { sizeBytes: found.size, mtimeMs: found.mtimeMs } : undefined;
  } catch {
    // Whatever the reason, there is no file that can be read.
    return undefined;
  }
}

/** Whether there is a folder of this name. */
export async function isFolder(file: string): Promise<boolean> {
  if (!isLocalPath(file)) return false;
  try {
    return (await stat(file)).isDirectory();
  } catch {
    // Whatever the reason, there is no folder that can be used.
    return false;
  }
}

/** The last `bytes` of a regular file, or all of a smaller one; undefined where `fileVersion` is. */
export async function readEnd(file: string, bytes: number): Promise<Buffer | undefined> {
  // Opening some devices does something by itself, so they are looked at first; and again below, as a name can be given to another file in between.
  if ((await fileVersion(file)) === undefined) return undefined;
  let handle: FileHandle | undefined;
  try {
    handle = await open(file, constants.O_RDONLY | NON_BLOCKING);
    const found = await handle.stat();
    if (!found.isFile()) return undefined;
    const { size } = found;
    const wanted = Math.min(size, bytes);
    const buffer = Buffer.alloc(wanted);
    let read = 0;
    while (read < wanted) {
      const { bytesRead } = await handle.read(buffer, read, wanted - read, size - wanted + read);
      // It has become shorter meanwhile.
      if (bytesRead === 0) break;
      read += bytesRead;
    }
    return buffer.subarray(0, read);
  } catch {
    // Whatever the reason, there is no file that can be read.
    return undefined;
  } finally {
    await handle?.close();
  }
}

/** All of a regular file of at most `limitBytes`; undefined for a larger one and where `fileVersion` is. */
export async function readWhole(file: string, limitBytes: number): Promise<Buffer | undefined> {
  const content = await readEnd(file, limitBytes + 1);
  return content !== undefined && content.length <= limitBytes ? content : undefined;
}

/** Whether a path is absolute and on this machine by its name: no `\\server\share`, no `\\.\device`. */
export function isLocalPath(file: string): boolean {
  if (!path.isAbsolute(file) || file.includes('\0')) return false;
  return process.platform === 'win32' ? /^[a-z]:[\\/]/i.test(file) : !file.startsWith('\\\\');
}
