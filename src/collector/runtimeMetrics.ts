import type { PerformanceObserver } from 'node:perf_hooks';
import { ownArray } from '../model/ownArray';
import type { RuntimeSample } from '../protocol/collector';
import { AllocationCounter } from './allocationCounter';
import { builtin } from './builtins';
import { LoopDelay } from './loopDelay';
import { LoopUtilization } from './loopUtilization';
import { programClock } from './programClock';

const DEFAULT_THREAD_POOL_SIZE = 4;
const MAX_THREAD_POOL_SIZE = 1024;

/** Reads the counters that Node keeps anyway; one sample costs about 50 µs, most of it the RSS. */
export class RuntimeMetrics {
  // As they are when the collector comes; neither looks at what it is called on.
  readonly #cpuUsage = process.cpuUsage;
  readonly #memoryUsage = process.memoryUsage;
  readonly #v8 = builtin('node:v8');
  readonly #performance = builtin('node:perf_hooks');
  readonly #cpuCount = builtin('node:os').availableParallelism();
  readonly #allocated = new AllocationCounter();
  readonly #onGarbageCollection: () => void;
  #observer: PerformanceObserver | null = null;
  #loopDelay: LoopDelay | null = null;
  #loopUtilization: LoopUtilization | null = null;
  #gcCount = 0;
  #gcLastPause = 0;
  #gcTotalPause = 0;

  /** @param onGarbageCollection Called after collections, from the event loop: a sign of life that costs no timer. */
  constructor(onGarbageCollection: () => void) {
    this.#onGarbageCollection = onGarbageCollection;
  }

  start(): void {
    if (this.#observer) return;
    this.#observer = new this.#performance.PerformanceObserver((list) => {
      for (const entry of ownArray(list.getEntries())) {
        this.#gcCount++;
        this.#gcLastPause = entry.duration;
        this.#gcTotalPause += entry.duration;
      }
      this.#onGarbageCollection();
    });
    this.#observer.observe({ entryTypes: ['gc'] });
    this.#allocated.start();
    this.#loopDelay = new LoopDelay();
    this.#loopUtilization = new LoopUtilization();
  }

  stop(): void {
    this.#observer?.disconnect();
    this.#observer = null;
    this.#allocated.stop();
    this.#loopDelay?.stop();
    this.#loopDelay = null;
    this.#loopUtilization = null;
  }

  /** @param openHandles Null when handles are not tracked. */
  sample(openHandles: number | null): Omit<RuntimeSample, 'overheadPercent' | 'limits'> {
    const heap = this.#v8.getHeapStatistics();
    const memory = this.#memoryUsage();
    const cpu = this.#cpuUsage();
    return {
      clock: programClock(),
      usedHeapBytes: heap.used_heap_size,
      committedHeapBytes: heap.total_heap_size,
      heapLimitBytes: heap.heap_size_limit,
      externalBytes: memory.external,
      arrayBufferBytes: memory.arrayBuffers,
      rssBytes: memory.rss,
      totalAllocatedBytes: this.#allocated.read(),
      totalAllocatedIsEstimate: this.#allocated.isEstimate,
      cpuUser: cpu.user,
      cpuSystem: cpu.system,
      cpuOfThread: null,
      gcCount: this.#gcCount,
      gcLastPause: this.#gcLastPause,
      gcTotalPause: this.#gcTotalPause,
      ...this.#loopFigures(),
      openHandles,
      cpuCount: this.#cpuCount,
      threadPoolSize: threadPoolSize(),
      dom: null,
    };
  }

  #loopFigures(): Pick<RuntimeSample, 'loopDelayP99' | 'loopDelayMax' | 'loopUtilization'> {
    const loopUtilization = this.#loopUtilization?.read() ?? 0;
    return { ...(this.#loopDelay?.read(loopUtilization) ?? { loopDelayP99: null, loopDelayMax: null }), loopUtilization };
  }
}

/** libuv reads the variable once, when its first job comes; what the environment says now is as near as one can get. */
function threadPoolSize(): number {
  const size = Number.parseInt(process.env.UV_THREADPOOL_SIZE ?? '', 10);
  return Number.isNaN(size) ? DEFAULT_THREAD_POOL_SIZE : Math.min(Math.max(size, 1), MAX_THREAD_POOL_SIZE);
}
