import type { TimeProfilerBinding } from './cpuProfiler';
import type { HeapProfilerBinding } from './nativeSampler';

/** The native half of `@datadog/pprof`: what its own package calls through. */
export interface NativeAddon {
  readonly heapProfiler: HeapProfilerBinding;
  readonly TimeProfiler: TimeProfilerBinding;
}
