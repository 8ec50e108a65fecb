import { OWN_SCRIPT, type AllocationReading, type AllocationSite } from '../protocol/collector';
import type { Bytes } from '../protocol/units';
import { FrameTable } from './frameTable';

/** A node of V8's sampling heap profile in the shape `@datadog/pprof` gives it: one call stack, and what it allocated. */
export interface AllocationNode {
  readonly name: string;
  readonly scriptName: string;
  /** Where the function starts, counted from 1; 0 when unknown. */
  readonly lineNumber: number;
  readonly columnNumber: number;
  /** One entry per object size: `count` is scaled up to an estimate of all objects, sampled or not. */
  readonly allocations: readonly { readonly sizeBytes: Bytes; readonly count: number }[];
  readonly children: readonly AllocationNode[];
}

/** Frames above this depth are cut from a listed stack: the sampler itself is started with less. */
const MAX_STACK = 128;

/**
 * Turns the sampler's tree into a list of sites, largest first (R5): a site is a whole call stack. Only the top frame
 * decides whether a site is the profiler's own and is left out, inner ones never do; what built-ins and Node's functions
 * allocate counts as their caller's, since the profiler calls those and never the program's. A site with nothing live is
 * skipped.
 *
 * Walks without recursion, since a stack can be deeper than ours, and builds the stacks of the listed sites only.
 *
 * @param limit How many sites to list; totals count all.
 */
export function allocationSites(root: AllocationNode, limit: number): Omit<AllocationReading, 'state'> {
  const nodes: AllocationNode[] = [root];
  const parents: number[] = [-1];
  const own: boolean[] = [false];
  const sites: { node: number; bytes: Bytes; count: number }[] = [];
  let totalBytes = 0;
  let totalCount = 0;
  for (let index = 0; index < nodes.length; index++) {
    const node = nodes[index];
    if (node === undefined) break;
    const isOwn = own[index] === true;
    for (const child of node.children) {
      nodes.push(child);
      parents.push(index);
      own.push(isPassive(child.scriptName) ? isOwn : OWN_SCRIPT.test(child.scriptName));
    }
    if (isOwn) continue;
    let bytes = 0;
    let count = 0;
    for (const allocation of node.allocations) {
      bytes += allocation.sizeBytes * allocation.count;
      count += allocation.count;
    }
    if (bytes <= 0) continue;
    totalBytes += bytes;
    totalCount += count;
    sites.push({ node: index, bytes, count });
  }
  // Ties in the order of the tree, so that a list of equal sites does not jump about between readings.
  sites.sort((a, b) => b.bytes - a.bytes || b.count - a.count || a.node - b.node);

  const table = new FrameTable();
  const listed: AllocationSite[] = [];
  for (const site of sites.slice(0, limit)) {
    const stack: number[] = [];
    for (let index = site.node; index > 0 && stack.length < MAX_STACK; index = parents[index] ?? -1) {
      const node = nodes[index];
      if (node === undefined) break;
      stack.push(table.indexOf(node.name, node.scriptName, node.lineNumber, node.columnNumber));
    }
    listed.push({ bytes: site.bytes, count: site.count, stack });
  }
  return { frames: table.frames, inUse: listed, totalBytes, totalCount, omittedSites: sites.length - listed.length };
}

/** Whether code of this script works for whoever called it: a built-in without a script, or Node's own. */
function isPassive(scriptName: string): boolean {
  return scriptName === '' || scriptName.startsWith('node:');
}
