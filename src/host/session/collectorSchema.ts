/**
 * What an answer of the collector must look like. The program is not ours: it can be broken, or hostile. Texts are cut,
 * lists and numbers bounded, anything else is refused. The types at the end hold the schemas to the protocol.
 */
import * as v from 'valibot';
import { AGE_LIMITS, GROUP_DEFAULTS, MAX_EXAMPLES, MAX_SUBJECTS, type CollectorSample, type DeepCheckReading, type Hello, type Started } from '../../protocol/collector';
import type { AllocationReading, CpuProfile } from '../../protocol/allocations';
import { allocationProfileSchema, isCpuProfile, numbers } from './profileSchema';

/** Longer than any sensible name or path; what is above is cut, not refused. */
const MAX_TEXT = 2_000;
const MAX_FRAMES = 200_000;
const MAX_ROWS = 20_000;
const MAX_STACK = 256;

const text = v.pipe(
  v.string(),
  v.transform((value) => (value.length > MAX_TEXT ? `${value.slice(0, MAX_TEXT)}…` : value)),
);
const amount = v.pipe(v.number(), v.finite(), v.minValue(0));
const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const partState = v.variant('on', [v.object({ on: v.literal(true) }), v.object({ on: v.literal(false), reason: text })]);
const frames = v.pipe(
  v.array(v.object({ functionName: text, url: text, line: count, column: count })),
  v.maxLength(MAX_FRAMES),
);
const stack = v.pipe(v.array(count), v.maxLength(MAX_STACK));

/** What `Runtime.compileScript` answers when it worked. */
export const compiledSchema = v.object({ scriptId: v.string() });

/** What `Runtime.evaluate` and `Runtime.runScript` answer. */
export const evaluatedSchema = v.object({
  result: v.object({ value: v.optional(v.unknown()) }),
  exceptionDetails: v.optional(v.object({ text, exception: v.optional(v.object({ description: v.optional(text) })) })),
});

/** Far above what the limits of readings allow, with room for dumps. */
const MAX_ANSWER = 64 * 1024 * 1024;

export const answerSchema = v.union([
  v.string(),
  v.object({ id: count, length: v.pipe(count, v.maxValue(MAX_ANSWER)), text: v.pipe(v.string(), v.nonEmpty()) }),
]);

export const helloSchema = v.object({
  protocol: count,
  pid: count,
  nodeVersion: text,
  platform: text,
  arch: text,
  abi: text,
  musl: v.boolean(),
  isMainThread: v.boolean(),
  alreadyInjected: v.boolean(),
});

export const startedSchema = v.object({ allocations: partState, handles: partState });

export const stacksReadSchema = v.object({ unreadStacks: count });

const sampleSchema = v.object({
  clock: amount,
  usedHeapBytes: amount,
  committedHeapBytes: amount,
  heapLimitBytes: amount,
  externalBytes: amount,
  arrayBufferBytes: amount,
  rssBytes: amount,
  totalAllocatedBytes: v.nullable(amount),
  totalAllocatedIsEstimate: v.boolean(),
  cpuUser: amount,
  cpuSystem: amount,
  // What no collector tells.
  cpuOfThread: v.optional(v.null(), null),
  gcCount: count,
  gcLastPause: amount,
  gcTotalPause: amount,
  loopDelayP99: v.nullable(amount),
  loopDelayMax: v.nullable(amount),
  loopUtilization: amount,
  openHandles: v.nullable(count),
  cpuCount: count,
  threadPoolSize: count,
  dom: v.optional(v.null(), null),
  overheadPercent: v.nullable(amount),
  limits: v.object({ step: count, reason: text }),
});

const someAmount = v.object({ bytes: amount, count: amount });

export const allocationsSchema = v.object({
  state: partState,
  run: v.nullable(
    v.object({
      mode: v.picklist(['inUse', 'both', 'recording', 'onDemand']),
      intervalBytes: amount,
      epoch: count,
      since: amount,
      isLast: v.boolean(),
      reason: text,
    }),
  ),
  profile: v.nullable(allocationProfileSchema(frames)),
  omitted: v.object({ sites: count, inUse: v.nullable(someAmount), allocated: v.nullable(someAmount) }),
});

export const cpuProfileSchema: v.GenericSchema<unknown, CpuProfile> = v.pipe(
  v.object({
    frames,
    parents: numbers,
    frameOf: numbers,
    hits: numbers,
    cpuTime: v.nullable(numbers),
    interval: amount,
    duration: amount,
    otherThreadsCpuTime: v.nullable(amount),
    samples: numbers,
    timeDeltas: numbers,
  }),
  v.check((profile) => isCpuProfile(profile), 'it is no CPU profile'),
);

const subjects = v.pipe(v.array(v.object({ text, count })), v.maxLength(MAX_SUBJECTS));
const routes = v.pipe(v.array(v.object({ route: text, count })), v.maxLength(MAX_SUBJECTS));
const examples = v.pipe(
  v.array(
    v.object({
      id: count,
      subject: text,
      age: amount,
      sinceActivity: v.nullable(amount),
      // Not in profiles that an older version has saved: it had it in the subject.
      dueIn: v.optional(v.nullable(amount), null),
      keepsAlive: v.nullable(v.boolean()),
    }),
  ),
  v.maxLength(MAX_EXAMPLES),
);

/** What a group of handles says of itself, its stacks left out: they are of frames here, and of sources in a saved profile. */
export const groupEntries = {
  kind: v.optional(v.picklist(['handle', 'pending']), GROUP_DEFAULTS.kind),
  count,
  estimated: v.optional(v.boolean(), GROUP_DEFAULTS.estimated),
  label: text,
  type: text,
  state: text,
  category: v.picklist(['background', 'per_request', 'unknown']),
  oldest: amount,
  median: amount,
  newest: amount,
  longestWait: amount,
  ages: v.pipe(v.array(count), v.length(AGE_LIMITS.length + 1)),
  sinceActivity: v.optional(v.nullable(amount), GROUP_DEFAULTS.sinceActivity),
  keepsAlive: v.nullable(count),
  longWaiting: v.optional(v.boolean(), GROUP_DEFAULTS.longWaiting),
  longCount: v.optional(count, GROUP_DEFAULTS.longCount),
  stuckCount: v.optional(count, GROUP_DEFAULTS.stuckCount),
  stuck: v.optional(v.boolean(), GROUP_DEFAULTS.stuck),
  subjects,
  routes: v.optional(routes, []),
  outlived: v.optional(count, GROUP_DEFAULTS.outlived),
  examples,
  origin: v.optional(v.picklist(['known', 'unread', 'notCaptured', 'earlier', 'empty']), GROUP_DEFAULTS.origin),
};

const groups = v.pipe(v.array(v.object({ ...groupEntries, stack, causeStack: v.optional(stack, []) })), v.maxLength(MAX_ROWS));

const mode = v.picklist(['off', 'sampled', 'all']);

const handlesSchema = v.object({
  state: partState,
  pending: v.variant('on', [v.object({ on: v.literal(true), mode }), v.object({ on: v.literal(false), reason: text, mode })]),
  frames,
  groups,
  total: count,
  pendingTotal: count,
  summary: v.object({ background: count, perRequest: count, longWaiting: count, potentiallyStuck: count }),
  foldedGroups: count,
  unreadStacks: count,
  cost: amount,
});

export const deepCheckSchema = v.object({ frames, abandoned: groups, followed: count, unreadStacks: count });

export const collectedSchema = v.object({
  sample: sampleSchema,
  allocations: v.optional(allocationsSchema),
  handles: v.optional(handlesSchema),
});

export const dumpSchema = v.pipe(v.string(), v.maxLength(8_000_000));

const errorSchema = v.object({ ok: v.literal(false), error: v.object({ code: text, message: text }) });

/** A reply whose value has the given shape. */
export function replySchema<T>(value: v.GenericSchema<unknown, T>) {
  return v.variant('ok', [v.object({ ok: v.literal(true), value }), errorSchema]);
}

helloSchema satisfies v.GenericSchema<unknown, Hello>;
startedSchema satisfies v.GenericSchema<unknown, Started>;
allocationsSchema satisfies v.GenericSchema<unknown, AllocationReading>;
deepCheckSchema satisfies v.GenericSchema<unknown, DeepCheckReading>;
collectedSchema satisfies v.GenericSchema<unknown, { sample: CollectorSample }>;
