import { handleList } from '../../model/handleList';
import { rowChanges } from '../../model/rowChanges';
import { sameData } from '../../model/sameData';
import type { AllocationRow } from '../../protocol/allocations';
import type { ListRequest, ListUpdate } from '../../protocol/lists';
import type { ToPage } from '../../protocol/panel';
import type { HandleRow, HandlesView, Hidden } from '../../protocol/profile';
import type { AllocationStore } from '../session/allocationStore';

/** What the lists are made from: of the session on show, null while there is none. */
export interface ListSources {
  handles(): HandlesView | null;
  allocations(): AllocationStore | null;
  hidden(): Hidden;
}

/** Lists that one page may watch: it shows six at most. */
const MAX_LISTS = 16;

/** A list in its order, of which only a part is made into rows. */
interface Listed<Row> {
  readonly count: number;
  rows(first: number, count: number): readonly Row[];
  places(ids: readonly string[]): readonly (readonly [id: string, position: number])[];
}

/** What the page has of a list. */
interface Sent<Row> {
  readonly rows: ReadonlyMap<string, Row>;
  readonly order: readonly string[];
}

interface Watched {
  request: ListRequest;
  sent: Sent<HandleRow | AllocationRow> | null;
  /** Of the newest reading and this request's query; null when it has to be made. A page that scrolls asks sixty times a second. */
  post: (() => void) | null;
}

/**
 * The lists that one page watches. With every reading it gets the changes in the part that it shows, and nothing for lists
 * that it does not show.
 */
export class PanelLists {
  readonly #sources: ListSources;
  readonly #post: (message: ToPage) => void;
  readonly #watched = new Map<string, Watched>();

  constructor(sources: ListSources, post: (message: ToPage) => void) {
    this.#sources = sources;
    this.#post = post;
  }

  watch(request: ListRequest): void {
    let watched = this.#watched.get(request.id);
    if (watched === undefined) {
      if (this.#watched.size >= MAX_LISTS) return;
      this.#watched.set(request.id, (watched = { request, sent: null, post: null }));
    }
    if (request.isNew) watched.sent = null;
    // Else only another part of the same list is in sight.
    if (!sameData(watched.request.query, request.query)) watched.post = null;
    watched.request = request;
    this.#send(watched);
  }

  unwatch(id: string): void {
    this.#watched.delete(id);
  }

  /** The page is gone. */
  clear(): void {
    this.#watched.clear();
  }

  /** Another session is on show, or the page asks for everything anew: nothing that it has counts. */
  reset(): void {
    for (const watched of this.#watched.values()) watched.sent = null;
    this.handlesChanged();
    this.allocationsChanged();
  }

  /** There is a new reading of handles, or something was hidden. */
  handlesChanged(): void {
    this.#changed('handles');
  }

  /** There is a new reading of allocations, or they are compared with something else. */
  allocationsChanged(): void {
    this.#changed('allocations');
  }

  #changed(kind: ListRequest['kind']): void {
    for (const watched of this.#watched.values()) {
      if (watched.request.kind !== kind) continue;
      watched.post = null;
      this.#send(watched);
    }
  }

  #send(watched: Watched): void {
    watched.post ??= watched.request.kind === 'handles' ? this.#handlesPost(watched) : this.#allocationsPost(watched);
    watched.post();
  }

  #handlesPost(watched: Watched): () => void {
    const view = this.#sources.handles();
    if (view === null || watched.request.kind !== 'handles') return () => undefined;
    const { rows, left } = handleList(view.rows, this.#sources.hidden(), watched.request.query);
    const listed = arrayListed(rows);
    return () => this.#post({ type: 'handleList', update: { ...updateOf(watched, listed), left } });
  }

  #allocationsPost(watched: Watched): () => void {
    const store = this.#sources.allocations();
    if (store === null || watched.request.kind !== 'allocations') return () => undefined;
    const { query } = watched.request;
    const { listing, total, notes } = store.list(query);
    const listed: Listed<AllocationRow> = listing ?? arrayListed<AllocationRow>([]);
    return () => this.#post({ type: 'allocationList', update: { ...updateOf(watched, listed), query, total, notes } });
  }
}

function arrayListed<Row extends { readonly id: string }>(rows: readonly Row[]): Listed<Row> {
  // Made once, when a row is open: a page that is scrolled asks with each part of the list.
  let positions: ReadonlyMap<string, number> | undefined;
  return {
    count: rows.length,
    rows: (first, count) => rows.slice(first, first + count),
    places: (ids) => {
      if (ids.length === 0) return [];
      const known = (positions ??= new Map(rows.map(({ id }, position) => [id, position])));
      const places = ids.flatMap((id) => {
        const position = known.get(id);
        return position === undefined ? [] : [[id, position] as const];
      });
      return places.sort(([, a], [, b]) => a - b);
    },
  };
}

/** The part that the page shows, as changes to what it has. */
function updateOf<Row extends HandleRow | AllocationRow>(watched: Watched, listed: Listed<Row>): ListUpdate<Row> {
  const { id, window, tracked } = watched.request;
  const first = Math.max(0, Math.min(window.first, listed.count - window.count));
  const rows = listed.rows(first, window.count);
  const { sent } = watched;
  const order = rows.map((row) => row.id);
  const known = (sent?.rows ?? new Map()) as ReadonlyMap<string, Row>;
  watched.sent = { rows: new Map<string, Row>(rows.map((row) => [row.id, row])), order };
  const isSameOrder = sent !== null && sent.order.length === order.length && sent.order.every((other, index) => other === order[index]);
  return {
    id,
    isWhole: sent === null,
    count: listed.count,
    first,
    order: isSameOrder ? null : order,
    changes: rowChanges(known, rows),
    places: listed.places(tracked),
  };
}
