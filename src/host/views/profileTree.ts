import * as vscode from 'vscode';
import type { Milliseconds } from '../../protocol/units';
import type { ProfiledSession } from '../session/profiledSession';
import type { Profiler } from '../session/profiler';
import { StoreListener, type StoreReader } from './storeListener';
import { childrenOf, treeItem, type TreeNode } from './treeNodes';
import { reuseNodes } from './treeReuse';

/** What one list of the profile looks like as a tree. */
export interface TreeContent {
  readonly nodes: readonly TreeNode[];
  /** Shown above the nodes; undefined for none. */
  readonly message: string | undefined;
  /** Shown beside the view's title; '' for none. */
  readonly description: string;
}

const NOTHING: TreeContent = { nodes: [], message: undefined, description: '' };

/** Shortest time between two refreshes: a row that is drawn anew under the pointer loses the click. */
const REFRESH_EVERY: Milliseconds = 2_000;

/** A native tree of one list of the session on show. It is read only while somebody sees it. */
export class ProfileTree implements vscode.Disposable, vscode.TreeDataProvider<TreeNode> {
  readonly #profiler: Profiler;
  readonly #content: (session: ProfiledSession) => TreeContent;
  readonly #view: vscode.TreeView<TreeNode>;
  readonly #listener: StoreListener;
  readonly #onDidChange = new vscode.EventEmitter<TreeNode[] | undefined>();
  readonly onDidChangeTreeData = this.#onDidChange.event;
  #nodes: readonly TreeNode[] = [];
  #refreshedAt: Milliseconds = -Infinity;

  /** @param list Which of the profile's lists the tree shows: it refreshes with that one. */
  constructor(viewId: string, profiler: Profiler, list: 'allocations' | 'handles', content: (session: ProfiledSession) => TreeContent) {
    this.#profiler = profiler;
    this.#content = content;
    const refresh = () => {
      if (performance.now() - this.#refreshedAt >= REFRESH_EVERY) this.refresh();
    };
    const onList: StoreReader = list === 'allocations' ? { onAllocations: refresh } : { onHandles: refresh };
    this.#listener = new StoreListener(profiler, { onSession: () => this.refresh(), onSessions: refresh, ...onList });
    this.#view = vscode.window.createTreeView(viewId, { treeDataProvider: this, showCollapseAll: true });
    this.#view.onDidChangeVisibility(({ visible }) => this.#listener.setActive(visible));
    this.#listener.setActive(this.#view.visible);
  }

  getTreeItem(node: TreeNode): vscode.TreeItem {
    return treeItem(node);
  }

  getChildren(node?: TreeNode): TreeNode[] {
    if (node === undefined) return [...this.#nodes];
    return [...childrenOf(node)];
  }

  dispose(): void {
    this.#listener.dispose();
    this.#view.dispose();
    this.#onDidChange.dispose();
  }

  /** A number on the view's icon, and what it counts; undefined for none. */
  setBadge(badge: vscode.ViewBadge | undefined): void {
    this.#view.badge = badge;
  }

  /** Draws what has changed; from outside, when something else than the profile changed what the tree shows. */
  refresh(): void {
    this.#refreshedAt = performance.now();
    const session = this.#profiler.current;
    const { nodes, message, description } = session ? this.#content(session) : NOTHING;
    // With neither rows nor a message the view says what it is for, and offers to begin.
    this.#view.message = message ?? (nodes.length === 0 && session?.isRunning === true ? vscode.l10n.t('Waiting for the first reading…') : '');
    this.#view.description = description;
    const reused = reuseNodes(this.#nodes, nodes);
    this.#nodes = reused.nodes;
    if (reused.isRearranged) this.#onDidChange.fire(undefined);
    else if (reused.changed.length > 0) this.#onDidChange.fire([...reused.changed]);
  }
}
