/** Valid answers of a collector, to be scripted, changed and broken. */
import {
  COLLECTOR_PROTOCOL,
  type Collected,
  type CollectorSample,
  type DeepCheckReading,
  type HandleGroup,
  type HandleReading,
  type HandleRequest,
  type Hello,
  type Started,
} from '../../src/protocol/collector';
import type { AllocationProfile, AllocationReading, SamplerRun } from '../../src/protocol/allocations';
import { evaluated, result, type CdpRequest } from './cdpServer';

export const HELLO: Hello = {
  protocol: COLLECTOR_PROTOCOL,
  pid: 4711,
  nodeVersion: '22.11.0',
  platform: 'linux',
  arch: 'x64',
  abi: '127',
  musl: false,
  isMainThread: true,
  alreadyInjected: false,
};

export const STARTED: Started = { allocations: { on: true }, handles: { on: false, reason: 'It runs in a worker.' } };

export const SAMPLE: CollectorSample = {
  clock: 5000,
  usedHeapBytes: 10_000_000,
  committedHeapBytes: 20_000_000,
  heapLimitBytes: 4_000_000_000,
  externalBytes: 1_000_000,
  arrayBufferBytes: 500_000,
  rssBytes: 80_000_000,
  totalAllocatedBytes: 90_000_000,
  totalAllocatedIsEstimate: true,
  cpuUser: 300_000,
  cpuSystem: 100_000,
  cpuOfThread: null,
  gcCount: 7,
  gcLastPause: 1.5,
  gcTotalPause: 12.25,
  loopDelayP99: 11,
  loopDelayMax: 30,
  loopUtilization: 0.25,
  openHandles: 3,
  cpuCount: 8,
  threadPoolSize: 4,
  dom: null,
  overheadPercent: 0.5,
  limits: { step: 0, reason: '' },
};

export const RUN: SamplerRun = { mode: 'both', intervalBytes: 524_288, epoch: 1, since: 1_000, isLast: false, reason: '' };

/** `main` called `remember`: 4,096 bytes of what that allocated are live, and 512 of its own. */
export const PROFILE: AllocationProfile = {
  frames: [
    { functionName: '', url: '/app/main.js', line: 1, column: 1 },
    { functionName: 'remember', url: '/app/cache.js', line: 3, column: 19 },
  ],
  parents: [-1, 0, 1],
  frameOf: [-1, 0, 1],
  inUse: { bytes: [0, 512, 4096], counts: [0, 1, 2] },
  allocated: { bytes: [0, 1024, 8192], counts: [0, 2, 4] },
};

export const ALLOCATIONS: AllocationReading = {
  state: { on: true },
  run: RUN,
  profile: PROFILE,
  omitted: { sites: 0, inUse: { bytes: 0, count: 0 }, allocated: { bytes: 0, count: 0 } },
};

export const GROUP: HandleGroup = {
  kind: 'handle',
  count: 2,
  estimated: false,
  label: 'Timer',
  type: 'Timeout',
  state: 'scheduled',
  category: 'per_request',
  oldest: 61_000,
  median: 30_000,
  newest: 10,
  longestWait: 61_000,
  ages: [1, 0, 0, 1, 0, 0],
  sinceActivity: 12.5,
  keepsAlive: 1,
  longWaiting: true,
  stuck: true,
  longCount: 1,
  stuckCount: 1,
  subjects: [{ text: '60 s', count: 2 }],
  routes: [{ route: 'GET /orders/:id', count: 2 }],
  outlived: 1,
  examples: [{ id: 42, subject: '60 s', age: 61_000.25, sinceActivity: null, dueIn: 12_500, keepsAlive: true }],
  origin: 'known',
  stack: [0],
  causeStack: [1],
};

export const HANDLES: HandleReading = {
  state: { on: true },
  pending: { on: true, mode: 'sampled' },
  frames: [
    { functionName: 'setTimeout', url: 'node:timers', line: 142, column: 19 },
    { functionName: 'serve', url: 'file:///app/server.mjs', line: 9, column: 3 },
  ],
  groups: [GROUP],
  total: 2,
  pendingTotal: 0,
  summary: { background: 0, perRequest: 2, longWaiting: 1, potentiallyStuck: 1 },
  foldedGroups: 0,
  unreadStacks: 0,
  cost: 1.75,
};

export const HANDLE_REQUEST: HandleRequest = {
  limit: 1,
  longWait: 60_000,
  stuckAfter: 60_000,
  readStacksAfter: 0,
  pauses: [{ start: 1, end: null }],
  backgroundPatterns: [],
  perRequestPatterns: [],
};

/** What the end of a deep check answers. */
export const DEEP_CHECK: DeepCheckReading = {
  frames: [{ functionName: 'loadOrder', url: '/app/orders.js', line: 31, column: 5 }],
  abandoned: [{ ...GROUP, kind: 'pending', label: 'await', type: 'PROMISE', state: 'pending', count: 3, stack: [0], causeStack: [] }],
  followed: 1200,
  unreadStacks: 0,
};

export const COLLECTED: Collected<CollectorSample> = { sample: SAMPLE, allocations: ALLOCATIONS, handles: HANDLES };

/** The text of a reply that carries a value. */
export function ok(value: unknown): string {
  return JSON.stringify({ ok: true, value });
}

/** The command in the expression that a request evaluates. */
export function commandOf({ params }: CdpRequest): { readonly command: string } & Readonly<Record<string, unknown>> {
  const call = /marker\.collector\.call\(("(?:[^"\\]|\\.)*")\)/.exec(String(params?.expression));
  if (call?.[1] === undefined) throw new Error('The expression calls no collector.');
  return JSON.parse(JSON.parse(call[1]) as string) as { command: string };
}

/** Answers as the debugger and a well-behaved collector do. */
export function goodProgram(request: CdpRequest): string {
  switch (request.method) {
    case 'Runtime.compileScript':
      return result(request, { scriptId: '77' });
    case 'Runtime.runScript':
      return evaluated(request, ok(HELLO));
    case 'Runtime.evaluate':
      return evaluated(request, ok(answerTo(commandOf(request).command)));
    default:
      return result(request, {});
  }
}

function answerTo(command: string): unknown {
  switch (command) {
    case 'start':
      return STARTED;
    case 'collect':
      return COLLECTED;
    case 'readStacks':
      return { unreadStacks: 0 };
    case 'dump':
      return 'a dump';
    case 'deepCheck':
      return DEEP_CHECK;
    default:
      return null;
  }
}
