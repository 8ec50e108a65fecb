import type { Bytes } from '../protocol/units';
import { builtin } from './builtins';

export interface HeapProfileHandle {
  /** Stops sampling and gives the profile as text. */
  stop(): string;
}

/** `v8.startHeapProfile` of Node.js 26.1 and later. */
interface V8WithHeapProfile {
  startHeapProfile?(options: {
    readonly sampleInterval: Bytes;
    readonly stackDepth: number;
    readonly includeObjectsCollectedByMajorGC: boolean;
    readonly includeObjectsCollectedByMinorGC: boolean;
  }): HeapProfileHandle;
}

/** Whether this Node.js can start V8's heap sampler by itself, and without the flag that forces collections. */
export function canStartHeapProfile(): boolean {
  return typeof (builtin('node:v8') as V8WithHeapProfile).startHeapProfile === 'function';
}

/** @throws Error when a sampler runs already, or this Node.js cannot. */
export function startHeapProfile(interval: Bytes, stackDepth: number, keepsDead: boolean): HeapProfileHandle {
  const v8 = builtin('node:v8') as V8WithHeapProfile;
  if (!v8.startHeapProfile) throw new Error('this Node.js cannot start a heap profile');
  return v8.startHeapProfile({
    sampleInterval: interval,
    stackDepth,
    includeObjectsCollectedByMajorGC: keepsDead,
    includeObjectsCollectedByMinorGC: keepsDead,
  });
}
