import * as l10n from '@vscode/l10n';
import { createWriteStream, type WriteStream } from 'node:fs';
import { access, link, rename, rm } from 'node:fs/promises';
import { once } from 'node:events';
import type { Bytes, Milliseconds } from '../../protocol/units';
import { CdpError, type CdpConnection } from './cdpConnection';
import { HeapSnapshotError } from './heapSnapshotError';
import { errorText } from './errorText';

export interface HeapSnapshotOptions {
  /** Where it goes: made anew, never overwritten. Until it is whole it stands beside, with `.partial` behind its name. */
  readonly file: string;
  readonly onProgress?: ((progress: HeapSnapshotProgress) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface HeapSnapshotProgress {
  /** Objects visited so far, of about `total`. */
  readonly done: number;
  readonly total: number;
  /** Received so far: they come when all objects have been visited. */
  readonly written: Bytes;
}

/** V8 holds the program while it walks the heap, and some more until all is sent: minutes for gigabytes. */
const SNAPSHOT_TIMEOUT: Milliseconds = 60 * 60_000;
const SUBSCRIBE_TIMEOUT: Milliseconds = 10_000;

/** The protocol cannot hold V8 back, so what the disk has not taken waits in memory. Beyond this the disk is too slow. */
const MAX_WAITING: Bytes = 512 * 1024 * 1024;

/** How every snapshot begins. Within its strings, quotes are escaped. */
const BEGINNING = '{"snapshot":';

/**
 * Writes a heap snapshot of the program, piece by piece as it comes. It holds all strings of the program, secrets too;
 * numbers are left out.
 *
 * V8 cannot be told to stop. After a cancel the file is gone at once and the connection closed, but the program is held
 * until V8 is through.
 *
 * @param connection One of its own, which is closed at the end: its listeners cannot be taken off, and after a cancel what
 *   still comes must go nowhere.
 * @throws HeapSnapshotError as a rejection; then no file is left.
 */
export async function takeHeapSnapshot(connection: CdpConnection, { file, onProgress, signal }: HeapSnapshotOptions): Promise<{ bytes: Bytes }> {
  const partial = `${file}.partial`;
  let output: SnapshotFile | undefined;
  try {
    throwIfCancelled(signal);
    await throwIfThere(file);
    output = await SnapshotFile.create(partial);
    await receive(connection, output, { onProgress, signal });
    await output.close();
    throwIfCancelled(signal);
    await publish(partial, file);
    return { bytes: output.bytes };
  } catch (error) {
    await output?.discard();
    if (signal?.aborted === true) throw new HeapSnapshotError('cancelled', l10n.t('The heap snapshot was cancelled; V8 may hold the program until it is through with it.'));
    throw error instanceof HeapSnapshotError ? error : new HeapSnapshotError('failed', l10n.t('The heap snapshot could not be taken: {0}', errorText(error)));
  } finally {
    connection.close();
  }
}

/** Resolves when V8 has sent everything. */
async function receive(connection: CdpConnection, output: SnapshotFile, { onProgress, signal }: Omit<HeapSnapshotOptions, 'file'>): Promise<void> {
  const progress = { done: 0, total: 0, written: 0 };
  const failed = new Promise<never>((_resolve, reject) => {
    const fail = (error: Error) => {
      reject(error);
      connection.close();
    };
    output.onError(fail);
    signal?.addEventListener('abort', () => fail(new HeapSnapshotError('cancelled', 'cancelled')), { once: true });
    connection.on('HeapProfiler.addHeapSnapshotChunk', ({ chunk }) => {
      // Only the program's word says that it is of this form.
      if (typeof chunk !== 'string') return;
      if (output.bytes > 0 && chunk.startsWith(BEGINNING)) fail(new HeapSnapshotError('failed', l10n.t('The debugger took another heap snapshot at the same time; try again.')));
      else if (output.waitingBytes > MAX_WAITING) fail(new HeapSnapshotError('failed', l10n.t('The heap snapshot comes faster than the disk takes it.')));
      else output.write(chunk);
      progress.written = output.bytes;
      onProgress?.({ ...progress });
    });
    connection.on('HeapProfiler.reportHeapSnapshotProgress', ({ done, total }) => {
      Object.assign(progress, { done, total });
      onProgress?.({ ...progress });
    });
  });
  const taken = take(connection);
  // Whichever fails second has nobody to tell.
  taken.catch(() => undefined);
  failed.catch(() => undefined);
  await Promise.race([taken, failed]);
  if (!output.isWhole) throw new HeapSnapshotError('failed', l10n.t('The program sent no whole heap snapshot.'));
}

async function take(connection: CdpConnection): Promise<void> {
  try {
    await connection.send('JsDebug.subscribe', { events: ['HeapProfiler.addHeapSnapshotChunk', 'HeapProfiler.reportHeapSnapshotProgress'] }, SUBSCRIBE_TIMEOUT);
  } catch (error) {
    // Node's own inspector does not know it, and sends all events anyhow.
    if (!(error instanceof CdpError) || error.code !== 'refused') throw error;
  }
  await connection.send('HeapProfiler.takeHeapSnapshot', { reportProgress: true, captureNumericValue: false }, SNAPSHOT_TIMEOUT);
}

async function throwIfThere(file: string): Promise<void> {
  const isThere = await access(file).then(
    () => true,
    () => false,
  );
  if (isThere) throw new HeapSnapshotError('failed', l10n.t('There is a file already: {0}', file));
}

/** A rename would replace what is there; a link never does, but not every file system has it. */
async function publish(partial: string, file: string): Promise<void> {
  try {
    await link(partial, file);
    await rm(partial);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') throw new HeapSnapshotError('failed', l10n.t('There is a file already: {0}', file));
    await rename(partial, file);
  }
}

function throwIfCancelled(signal: AbortSignal | undefined): void {
  if (signal?.aborted === true) throw new HeapSnapshotError('cancelled', 'cancelled');
}

/** The file while it is being written. */
class SnapshotFile {
  readonly #stream: WriteStream;
  readonly #path: string;
  #bytes: Bytes = 0;
  #end = '';
  #onError: (error: Error) => void = () => undefined;

  /** @throws Error as a rejection when there is a file already, or none can be made. */
  static async create(path: string): Promise<SnapshotFile> {
    const stream = createWriteStream(path, { flags: 'wx', mode: 0o600, highWaterMark: 1024 * 1024 });
    await once(stream, 'open');
    return new SnapshotFile(stream, path);
  }

  private constructor(stream: WriteStream, path: string) {
    this.#stream = stream;
    this.#path = path;
    stream.on('error', (error) => this.#onError(error));
  }

  get bytes(): Bytes {
    return this.#bytes;
  }

  /** What the disk has not taken yet. */
  get waitingBytes(): Bytes {
    return this.#stream.writableLength;
  }

  get isWhole(): boolean {
    return this.#end.trimEnd().endsWith('}');
  }

  /** The disk is full, for instance. */
  onError(listener: (error: Error) => void): void {
    this.#onError = listener;
  }

  write(chunk: string): void {
    const data = Buffer.from(chunk, 'utf8');
    this.#bytes += data.length;
    this.#end = chunk.slice(-8);
    this.#stream.write(data);
  }

  /** @throws Error as a rejection when the disk does not take the rest. */
  async close(): Promise<void> {
    this.#stream.end();
    await once(this.#stream, 'close');
  }

  async discard(): Promise<void> {
    this.#stream.destroy();
    await new Promise<void>((resolve) => (this.#stream.closed ? resolve() : this.#stream.once('close', resolve)));
    await rm(this.#path, { force: true });
  }
}
