/** What a saved profile must look like. A file may come from anywhere, and be damaged or made to harm. */
import * as v from 'valibot';
import { CAPABILITIES, type Missing } from '../../../protocol/capabilities';
import type { Frame } from '../../../protocol/frames';
import type { HandlesView } from '../../../protocol/profile';
import { SAVED_FORMAT, SAVED_VERSION, type SavedProfile } from '../../../protocol/savedProfile';
import { groupEntries } from '../../session/collectorSchema';
import { allocationProfileSchema } from '../../session/profileSchema';

const MAX_FRAMES = 4_000_000;
const MAX_ROWS = 20_000;
const MAX_STACK = 1_000;
const MAX_POINTS = 100_000;

const text = v.pipe(v.string(), v.maxLength(20_000));
const amount = v.pipe(v.number(), v.finite(), v.minValue(0));
const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const change = v.nullable(v.pipe(v.number(), v.safeInteger()));
const place = { file: text, line: count, column: count };

const frameSchema: v.GenericSchema<unknown, Frame> = v.object({
  functionName: text,
  ...place,
  origin: v.picklist(['user', 'library', 'node', 'native']),
  generated: v.exactOptional(v.object(place)),
});
const frames = v.pipe(v.array(frameSchema), v.maxLength(MAX_FRAMES));
const stack = v.pipe(v.array(frameSchema), v.maxLength(MAX_STACK));

const words = { waitReason: text, advice: text };
const row = v.object({ ...groupEntries, ...words, id: text, trend: change, sinceMark: change, appeared: change, stack, causeStack: stack });

const handles: v.GenericSchema<unknown, HandlesView> = v.object({
  rows: v.pipe(v.array(row), v.maxLength(MAX_ROWS)),
  total: count,
  pendingTotal: count,
  summary: v.object({ background: count, perRequest: count, longWaiting: count, potentiallyStuck: count }),
  omittedGroups: count,
  missing: v.nullable(text),
  pendingMissing: v.nullable(text),
  pendingMode: v.picklist(['off', 'sampled', 'all']),
  markedAt: v.nullable(amount),
});

/** Files of earlier builds do not have it. */
const laterAdded = v.optional(v.nullable(amount), null);

/** Of what runs on no Node.js. */
const known = v.nullable(amount);
const knownCount = v.nullable(count);

const point = v.object({
  time: amount,
  usedHeapBytes: amount,
  committedHeapBytes: amount,
  heapLimitBytes: laterAdded,
  rssBytes: known,
  cpuPercent: known,
  openHandles: v.nullable(count),
  loopDelayP99: laterAdded,
  loopUtilization: laterAdded,
  gcCount: laterAdded,
  gcPause: laterAdded,
  gcLastPause: known,
});

const missing: v.GenericSchema<unknown, Missing> = v.object(v.entriesFromList(CAPABILITIES, v.exactOptional(text)));

const band = v.object({ kind: v.picklist(['paused', 'busy', 'lost']), from: amount, to: v.nullable(amount) });
const event = v.object({
  kind: v.picklist(['mark', 'breakpoint', 'collected', 'started', 'stopped', 'restarted', 'loaded', 'ended']),
  time: amount,
  text,
});

const current = v.object({
  cpuPercent: known,
  cpuUserSeconds: known,
  cpuSystemSeconds: known,
  usedHeapBytes: amount,
  committedHeapBytes: amount,
  heapLimitBytes: known,
  externalBytes: known,
  arrayBufferBytes: known,
  rssBytes: known,
  totalAllocatedBytes: v.nullable(amount),
  totalAllocatedIsEstimate: v.boolean(),
  heapObjects: v.nullable(amount),
  openHandles: v.nullable(count),
  gcCount: knownCount,
  gcLastPause: known,
  gcTotalPause: known,
  loopDelayP99: v.nullable(amount),
  loopUtilization: known,
  cpuCount: knownCount,
  threadPoolSize: knownCount,
  dom: v.optional(v.nullable(v.object({ documents: count, nodes: count, listeners: count })), null),
  overheadPercent: laterAdded,
  overheadLimit: v.optional(text, ''),
});

export const savedProfileSchema: v.GenericSchema<unknown, SavedProfile> = v.object({
  format: v.literal(SAVED_FORMAT),
  version: v.literal(SAVED_VERSION),
  savedAt: v.pipe(text, v.isoTimestamp()),
  program: v.object({ name: text, pid: v.nullable(count), nodeVersion: v.nullable(text) }),
  sampler: v.nullable(
    v.object({
      mode: v.picklist(['inUse', 'both', 'recording', 'onDemand']),
      intervalBytes: amount,
      epoch: count,
      since: amount,
      isLast: v.boolean(),
      reason: text,
    }),
  ),
  allocations: v.nullable(allocationProfileSchema(frames)),
  allocationsReadAt: v.nullable(v.pipe(text, v.isoTimestamp())),
  external: v.nullable(v.object({ arrayBufferBytes: amount, otherExternalBytes: amount })),
  current: v.nullable(current),
  history: v.pipe(v.array(point), v.maxLength(MAX_POINTS)),
  // Files of earlier builds have neither.
  bands: v.optional(v.pipe(v.array(band), v.maxLength(MAX_POINTS)), []),
  events: v.optional(v.pipe(v.array(event), v.maxLength(MAX_POINTS)), []),
  handles: v.nullable(handles),
  missing: v.optional(missing, {}),
});
