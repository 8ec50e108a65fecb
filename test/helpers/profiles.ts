/** Profiles as the host has them, with frames mapped to source, of a small shop: made up, with what is known to be hard. */
import type { AllocationProfile, CpuProfile } from '../../src/protocol/allocations';
import type { Frame } from '../../src/protocol/frames';

function mapped(functionName: string, file: string, line: number, column = 3): Frame {
  const generated = { file: file.replace('/src/', '/dist/').replace('.ts', '.js'), line: line + 100, column: column + 1 };
  return { functionName, file, line, column, origin: 'user', generated };
}

/** Where `FRAMES` begin: 0 main, 1 handle, 2 loadOrder, 3 and 4 unnamed, 5 parse (not mapped), 6 Node's, 7 native. */
export const FRAMES: readonly Frame[] = [
  mapped('main', '/app/src/server.ts', 1),
  mapped('handle', '/app/src/server.ts', 12),
  mapped('loadOrder', '/app/src/orders.ts', 31),
  mapped('', '/app/src/orders.ts', 40, 11),
  mapped('', '/app/src/orders.ts', 40, 30),
  { functionName: 'parse', file: '/app/node_modules/qs/lib/parse.js', line: 7, column: 18, origin: 'library' },
  { functionName: 'processTicksAndRejections', file: 'node:internal/process/task_queues', line: 71, column: 5, origin: 'node' },
  { functionName: '(garbage collector)', file: '', line: 0, column: 0, origin: 'native' },
];

/**
 *     root ─ main ─ handle ─ loadOrder ─ (anonymous :40:11)
 *         │             │            └── (anonymous :40:30)
 *         │             └─── parse
 *         ├─ processTicksAndRejections ─ loadOrder
 *         └─ (garbage collector)
 */
const TREE = {
  frames: FRAMES,
  parents: [-1, 0, 1, 2, 3, 3, 2, 0, 7, 0],
  frameOf: [-1, 0, 1, 2, 3, 4, 5, 6, 2, 7],
};

export const HEAP: AllocationProfile<Frame> = {
  ...TREE,
  inUse: { bytes: [16, 0, 100, 4096.4, 250_000, 0, 80_000, 0, 512, 32], counts: [1, 0, 2, 64, 5_000, 0, 1_000, 0, 8, 1] },
  allocated: { bytes: [16, 0, 1000, 40_960, 2_500_000, 900_000, 800_000, 0, 512, 32], counts: [1, 0, 20, 640, 50_000, 9_000, 10_000, 0, 8, 1] },
};

export const CPU: CpuProfile<Frame> = {
  ...TREE,
  hits: [1, 0, 2, 3, 1, 0, 1, 0, 1, 1],
  cpuTime: [0, 0, 1_500, 2_900, 900, 0, 950, 0, 1_000, 1_000],
  interval: 1_000,
  duration: 10_000,
  otherThreadsCpuTime: 2_000,
  samples: [2, 2, 3, 3, 3, 4, 6, 8, 9, 0],
  timeDeltas: [1_000, 1_000, 1_000, 1_000, 1_000, 1_000, 1_000, 1_000, 1_000, 1_000],
};

/** One call in the next, `depth` deep, by three functions in turn; each has a byte in use. */
export function chain(depth: number): AllocationProfile<Frame> {
  const nodes = depth + 1;
  return {
    frames: FRAMES.slice(0, 3),
    parents: Array.from({ length: nodes }, (_, node) => node - 1),
    frameOf: Array.from({ length: nodes }, (_, node) => (node === 0 ? -1 : (node - 1) % 3)),
    inUse: { bytes: Array.from({ length: nodes }, (_, node) => (node === 0 ? 0 : 1)), counts: new Array<number>(nodes).fill(0) },
    allocated: null,
  };
}

/** One allocation of 1,000 bytes by a function that calls itself so. */
export function allocatedBy(functionName: string, file = '/app/src/server.ts'): AllocationProfile<Frame> {
  return {
    frames: [{ functionName, file, line: 3, column: 5, origin: 'user' }],
    parents: [-1, 0],
    frameOf: [-1, 0],
    inUse: { bytes: [0, 1000], counts: [0, 10] },
    allocated: null,
  };
}

export function sum(values: readonly number[] | Float64Array): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}
