/**
 * What a browser's answers must look like. The process that shows a page runs the page's code, and may be in its hands: texts are
 * cut, lists and numbers bounded, anything else is refused. Trees are checked by hand: linear, without recursion.
 */
import * as v from 'valibot';
import type { InspectorProfile } from '../../model/inspectorProfile';
import type { InspectorCpuProfile } from '../../model/timeProfile';

/** Longer than any sensible name or URL; what is above is cut, not refused. */
const MAX_TEXT = 2_000;
const MAX_METRICS = 1_000;
/** Some hundred megabytes as text. */
const MAX_NODES = 2_000_000;

/** Above any figure that there is, and far enough below what a sum of them can be. */
const MAX_AMOUNT = Number.MAX_SAFE_INTEGER;

const amount = v.pipe(v.number(), v.minValue(0), v.maxValue(MAX_AMOUNT));

/** What `Performance.getMetrics` answers: which figures there are is the browser's own affair. */
export const metricsSchema = v.object({
  metrics: v.pipe(v.array(v.object({ name: v.string(), value: v.pipe(v.number(), v.finite()) })), v.maxLength(MAX_METRICS)),
});

/** Figures that count for something; one that is missing or impossible is not known. */
export const countersSchema = v.object({
  /** Seconds of a clock that never goes back. */
  Timestamp: amount,
  JSHeapUsedSize: amount,
  JSHeapTotalSize: amount,
  /** Seconds of CPU time of the page's main thread. */
  ThreadTime: v.fallback(v.nullable(amount), null),
  /** Seconds in which the main thread had something to do. */
  TaskDuration: v.fallback(v.nullable(amount), null),
  Documents: v.fallback(v.nullable(v.pipe(amount, v.safeInteger())), null),
  Nodes: v.fallback(v.nullable(v.pipe(amount, v.safeInteger())), null),
  JSEventListeners: v.fallback(v.nullable(v.pipe(amount, v.safeInteger())), null),
});

/** What `Runtime.getHeapUsage` answers. */
export const heapUsageSchema = v.object({ usedSize: amount, totalSize: amount });

/** What an evaluation of ours gives. */
export const numberSchema = v.object({ result: v.object({ value: v.pipe(amount, v.minValue(1)) }) });
export const truthSchema = v.object({ result: v.object({ value: v.literal(true) }) });

/** What `HeapProfiler.getSamplingProfile` answers. */
export const samplingProfileSchema = v.object({ profile: treeOf(samplingProfileOf, 'it is no sampling profile') });

/** What `Profiler.stop` answers. */
export const cpuProfileOfPageSchema = v.object({ profile: treeOf(cpuProfileOf, 'it is no CPU profile') });

function treeOf<T>(read: (value: unknown) => T | null, message: string) {
  return v.pipe(
    v.unknown(),
    v.rawTransform<unknown, T>(({ dataset, addIssue, NEVER }) => {
      const tree = read(dataset.value);
      if (tree !== null) return tree;
      addIssue({ message });
      return NEVER;
    }),
  );
}

type Fields = Readonly<Record<string, unknown>>;
type SamplingNode = InspectorProfile['head'];

/** A copy with nothing in it but what is known. */
function samplingProfileOf(value: unknown): InspectorProfile | null {
  if (!isObject(value) || !Array.isArray(value.samples) || value.samples.length > MAX_NODES) return null;
  const samples = (value.samples as unknown[]).map((sample) => (isObject(sample) && isAmount(sample.size) && isId(sample.nodeId) ? { size: sample.size, nodeId: sample.nodeId } : null));
  const head = samplingTreeOf(value.head);
  return head === null || !samples.every((sample) => sample !== null) ? null : { head, samples };
}

function samplingTreeOf(value: unknown): SamplingNode | null {
  const roots: SamplingNode[] = [];
  const open: [value: unknown, siblings: SamplingNode[]][] = [[value, roots]];
  let nodes = 0;
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const [node, siblings] = next;
    if (!isObject(node) || !isId(node.id) || !isAmount(node.selfSize) || !Array.isArray(node.children) || ++nodes > MAX_NODES) return null;
    const callFrame = callFrameOf(node.callFrame);
    if (callFrame === null) return null;
    const children: SamplingNode[] = [];
    siblings.push({ callFrame, id: node.id, selfSize: node.selfSize, children });
    for (const child of node.children as unknown[]) open.push([child, children]);
  }
  return roots[0] ?? null;
}

/** A node has one parent at most, and the first has none: so there is no circle below it. */
function cpuProfileOf(value: unknown): InspectorCpuProfile | null {
  if (!isObject(value) || !Array.isArray(value.nodes) || value.nodes.length === 0 || value.nodes.length > MAX_NODES) return null;
  const { startTime, endTime, samples = [], timeDeltas = [] } = value;
  if (!isAmount(startTime) || !isAmount(endTime) || endTime < startTime) return null;
  if (!isListOf(samples, isId) || !isListOf(timeDeltas, isNumber) || samples.length > MAX_NODES || timeDeltas.length !== samples.length) return null;
  const nodes: InspectorCpuProfile['nodes'][number][] = [];
  const ids = new Set<number>();
  const children = new Set<number>();
  for (const node of value.nodes as unknown[]) {
    if (!isObject(node) || !isId(node.id) || ids.has(node.id)) return null;
    const callFrame = callFrameOf(node.callFrame);
    const below = node.children ?? [];
    if (callFrame === null || !isListOf(below, isId)) return null;
    for (const child of below) {
      if (children.has(child)) return null;
      children.add(child);
    }
    ids.add(node.id);
    nodes.push({ id: node.id, callFrame, children: below });
  }
  const root = nodes[0];
  return root === undefined || children.has(root.id) ? null : { nodes, startTime, endTime, samples, timeDeltas };
}

function callFrameOf(value: unknown): SamplingNode['callFrame'] | null {
  if (!isObject(value)) return null;
  const { functionName, url, lineNumber, columnNumber } = value;
  if (typeof functionName !== 'string' || typeof url !== 'string' || !isPlace(lineNumber) || !isPlace(columnNumber)) return null;
  return { functionName: cut(functionName), url: cut(url), lineNumber, columnNumber };
}

function cut(text: string): string {
  return text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT)}…` : text;
}

function isListOf<T>(value: unknown, isItem: (item: unknown) => item is T): value is T[] {
  return Array.isArray(value) && (value as unknown[]).every(isItem);
}

function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null;
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number' && Math.abs(value) <= MAX_AMOUNT;
}

function isAmount(value: unknown): value is number {
  return isNumber(value) && value >= 0 && value <= MAX_AMOUNT;
}

function isId(value: unknown): value is number {
  return Number.isSafeInteger(value);
}

/** Counted from 0; -1 when unknown. */
function isPlace(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= -1;
}
