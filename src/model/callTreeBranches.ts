import type { Branch } from './allocationBranches';
import type { MappedTree } from './allocationRows';
import { hasText } from './siteBranches';
import { childrenIn } from './treeTotals';

/** What the branches of one call tree share. */
interface Context {
  readonly mapped: MappedTree;
  /** 1 for nodes that are shown: with a filter, those that match, and what is above and below them. */
  readonly isShown: Uint8Array | null;
}

/** The call tree top-down, from the functions that nothing called. */
export function callTreeBranches(mapped: MappedTree): Branch[] {
  const { measured: { amounts }, filter } = mapped;
  const branches = branchesBelow({ mapped, isShown: filter === '' ? null : shown(mapped) }, 0);
  const bytes = amounts.bytes[0] ?? 0;
  if (bytes !== 0 && filter === '') {
    const self = { bytes, count: amounts.counts[0] ?? 0 };
    const describe = () => ({ kind: 'function', label: '(no JavaScript stack)', frame: null, stack: [] }) as const;
    branches.push({ self, total: self, weight: bytes, isNew: false, key: () => 'function/', describe, children: null });
  }
  return branches;
}

/** @param parent Its place, as all of these. */
function branchesBelow(context: Context, parent: number): Branch[] {
  const { isShown, mapped } = context;
  const { order } = mapped.measured;
  const children = childrenIn(order, parent);
  return (isShown === null ? children : children.filter((place) => isShown[order.nodes[place] ?? 0] === 1)).map((place) => branchOf(context, place));
}

function branchOf(context: Context, place: number): Branch {
  const { measured, toFrame } = context.mapped;
  const { tree, amounts, totals, weights, totalsBefore, order: { nodes, ends } } = measured;
  const node = nodes[place] ?? 0;
  return {
    self: { bytes: amounts.bytes[node] ?? 0, count: amounts.counts[node] ?? 0 },
    total: { bytes: totals.bytes[place] ?? 0, count: totals.counts[place] ?? 0 },
    weight: weights[place] ?? 0,
    isNew: totalsBefore !== null && (totalsBefore[place] ?? 0) === 0,
    key: () => {
      const raw = tree.frames[tree.frameOf[node] ?? -1];
      return raw ? `function/${raw.functionName}\n${raw.url}:${raw.line}:${raw.column}` : 'function/';
    },
    describe: () => {
      const raw = tree.frames[tree.frameOf[node] ?? -1];
      const frame = raw ? toFrame(raw) : null;
      return { kind: 'function', label: frame?.functionName ?? '', frame, stack: [] };
    },
    children: ends[place] === place + 1 ? null : () => branchesBelow(context, place),
  };
}

function shown({ measured: { tree }, toFrame, filter }: MappedTree): Uint8Array {
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
