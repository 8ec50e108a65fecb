import { createContext } from 'preact';
import { useContext, useLayoutEffect, useRef } from 'preact/hooks';
import type { AllocationListQuery, HandleQuery, RowWindow } from '../../protocol/lists';
import type { ShownAllocations, ShownHandles, ShownLists } from '../state';
import { PageContext } from './context';

/** The rows of the lists that are on show. */
export const ListsContext = createContext<ShownLists>({ handles: {}, allocations: {} });

/** The part of a list that a component shows. */
export interface ListView {
  /** Tells the lists of the page apart. */
  readonly id: string;
  readonly window: RowWindow;
  /** Ids of rows whose positions are to be known. */
  readonly tracked: readonly string[];
}

/** A list of groups of handles, kept up to date as long as the component is there; null until its first rows came. */
export function useHandleList(view: ListView, query: HandleQuery): ShownHandles | null {
  useWatched(view, { kind: 'handles', query });
  return useContext(ListsContext).handles[view.id] ?? null;
}

/** A list of allocations, likewise. */
export function useAllocationList(view: ListView, query: AllocationListQuery): ShownAllocations | null {
  useWatched(view, { kind: 'allocations', query });
  return useContext(ListsContext).allocations[view.id] ?? null;
}

type Asked = { readonly kind: 'handles'; readonly query: HandleQuery } | { readonly kind: 'allocations'; readonly query: AllocationListQuery };

function useWatched({ id, window, tracked }: ListView, asked: Asked): void {
  const host = useContext(PageContext)?.host;
  const isNew = useRef(true);
  // A view may be more than this: only this is sent.
  const request = { id, window, tracked, ...asked };
  useLayoutEffect(() => {
    host?.post({ type: 'watchList', request: { ...request, isNew: isNew.current } });
    isNew.current = false;
    // A request is plain data, and as long as a screen.
  }, [host, JSON.stringify(request)]);
  useLayoutEffect(() => () => host?.post({ type: 'unwatchList', id }), [host, id]);
}
