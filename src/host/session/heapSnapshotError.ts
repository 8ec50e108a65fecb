/** Says in one sentence why there is no snapshot. `cancelled`: the signal was given. */
export class HeapSnapshotError extends Error {
  override readonly name = 'HeapSnapshotError';
  readonly code: 'cancelled' | 'failed';

  constructor(code: HeapSnapshotError['code'], message: string) {
    super(message);
    this.code = code;
  }
}
