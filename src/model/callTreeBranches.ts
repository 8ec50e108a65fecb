import type { Branch } from './allocationBranches';
import type { MappedTree } from './allocationRows';
import type { NodeAmounts } from './nodeAmounts';
import { hasText } from './siteBranches';
import { childrenOf, subtreeTotals, type Children } from './treeTotals';

/** What the branches of one call tree share. */
interface Context {
  readonly mapped: MappedTree;
  readonly totals: NodeAmounts;
  /** What all that grew below each node comes to: what shrank beside it must not hide it. */
  readonly weights: Float64Array;
  readonly totalsBefore: NodeAmounts | null;
  readonly children: Children;
  /** 1 for nodes that are shown: with a filter, those that match, and what is above and below them. */
  readonly isShown: Uint8Array | null;
}

/** The call tree top-down, from the functions that nothing called. */
export function callTreeBranches(mapped: MappedTree): Branch[] {
  const { tree, amounts, baseline, filter } = mapped;
  const context: Context = {
    mapped,
    totals: subtreeTotals(tree, amounts),
    weights: subtreeTotals(tree, { bytes: amounts.bytes.map((value) => Math.max(0, value)), counts: amounts.counts }).bytes,
    totalsBefore: baseline && subtreeTotals(tree, baseline),
    children: childrenOf(tree),
    isShown: filter === '' ? null : shown(mapped),
  };
  const branches = branchesBelow(context, 0);
  const bytes = amounts.bytes[0] ?? 0;
  if (bytes !== 0 && filter === '') {
    const self = { bytes, count: amounts.counts[0] ?? 0 };
    const describe = () => ({ kind: 'function', label: '(no JavaScript stack)', frame: null, stack: [] }) as const;
    branches.push({ self, total: self, weight: bytes, isNew: false, key: () => 'function/', describe, children: null });
  }
  return branches;
}

function branchesBelow(context: Context, parent: number): Branch[] {
  const { children, isShown } = context;
  const branches: Branch[] = [];
  for (let node = children.first[parent] ?? 0; node > 0; node = children.next[node] ?? 0) {
    if (isShown === null || isShown[node] === 1) branches.push(branchOf(context, node));
  }
  return branches;
}

function branchOf(context: Context, node: number): Branch {
  const { mapped, totals, weights, totalsBefore, children } = context;
  const { tree, amounts, toFrame } = mapped;
  return {
    self: { bytes: amounts.bytes[node] ?? 0, count: amounts.counts[node] ?? 0 },
    total: { bytes: totals.bytes[node] ?? 0, count: totals.counts[node] ?? 0 },
    weight: weights[node] ?? 0,
    isNew: totalsBefore !== null && (totalsBefore.bytes[node] ?? 0) === 0,
    key: () => {
      const raw = tree.frames[tree.frameOf[node] ?? -1];
      return raw ? `function/${raw.functionName}\n${raw.url}:${raw.line}:${raw.column}` : 'function/';
    },
    describe: () => {
      const raw = tree.frames[tree.frameOf[node] ?? -1];
      const frame = raw ? toFrame(raw) : null;
      return { kind: 'function', label: frame?.functionName ?? '', frame, stack: [] };
    },
    children: children.first[node] === 0 ? null : () => branchesBelow(context, node),
  };
}

function shown({ tree, toFrame, filter }: MappedTree): Uint8Array {
  const matches = tree.frames.map((raw) => hasText(toFrame(raw), filter));
  const isShown = new Uint8Array(tree.size);
  const isBelow = new Uint8Array(tree.size);
  for (let node = 1; node < tree.size; node++) {
    if (matches[tree.frameOf[node] ?? -1] === true || isBelow[tree.parents[node] ?? 0] === 1) isBelow[node] = 1;
    isShown[node] = isBelow[node] ?? 0;
  }
  for (let node = tree.size - 1; node > 0; node--) if (isShown[node] === 1) isShown[tree.parents[node] ?? 0] = 1;
  return isShown;
}
