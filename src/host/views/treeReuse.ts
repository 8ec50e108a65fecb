import type { TreeNode } from './treeNodes';

/** A tree after a reading, made of the nodes that were there before it. */
export interface ReusedTree {
  readonly nodes: readonly TreeNode[];
  /** Those of before that look or hold something else now. */
  readonly changed: readonly TreeNode[];
  /** Whether nodes came, went or changed places. */
  readonly isRearranged: boolean;
}

/**
 * Puts what was read into the nodes that are on show. VS Code knows a row by its node: one that stays the same object is drawn
 * anew alone, and keeps its expansion, its selection and its open context menu. Only when rows come, go or change places, VS
 * Code has to forget all of them and ask again.
 */
export function reuseNodes(before: readonly TreeNode[], now: readonly TreeNode[]): ReusedTree {
  const known = new Map(before.map((node) => [node.id, node]));
  const changed: TreeNode[] = [];
  const nodes = now.map((node) => {
    const old = known.get(node.id);
    if (old?.kind !== node.kind) return node;
    if (update(old, node)) changed.push(old);
    return old;
  });
  const isRearranged = nodes.length !== before.length || nodes.some((node, index) => node !== before[index]);
  return { nodes, changed, isRearranged };
}

/** Gives a node what another of the same kind holds, its children reused too. @returns Whether that is anything new. */
function update(old: TreeNode, node: TreeNode): boolean {
  const children = 'children' in old && 'children' in node ? reuseNodes(old.children, node.children) : null;
  const isChanged = looks(old) !== looks(node) || (children !== null && (children.isRearranged || children.changed.length > 0));
  Object.assign(old, node, children && { children: children.nodes });
  return isChanged;
}

/** What a row shows, without its children and what only commands ask for. */
function looks(node: TreeNode): string {
  return JSON.stringify(node, (key, value: unknown) => (key === 'children' || key === 'row' || key === 'stack' ? undefined : value));
}
