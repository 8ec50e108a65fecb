import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { PanelLists } from '../../src/host/views/panelLists';
import { NOTHING_HIDDEN } from '../../src/model/hidden';
import type { HandleListUpdate, HandleQuery, ListRequest } from '../../src/protocol/lists';
import type { HandlesView, Hidden } from '../../src/protocol/profile';
import { handlesViewOf } from '../helpers/handleRows';

const EVERYTHING: HandleQuery = { filters: [], search: '', sort: 'urgency' };

/** A page that watches, and what it got. */
class Page {
  handles: HandlesView | null = null;
  hidden: Hidden = NOTHING_HIDDEN;
  readonly updates: HandleListUpdate[] = [];
  readonly lists = new PanelLists({ handles: () => this.handles, allocations: () => null, hidden: () => this.hidden }, (message) => {
    if (message.type === 'handleList') this.updates.push(message.update);
  });

  watch(change: Partial<Extract<ListRequest, { kind: 'handles' }>> = {}): void {
    this.lists.watch({ id: 'all', isNew: false, window: { first: 0, count: 3 }, tracked: [], kind: 'handles', query: EVERYTHING, ...change });
  }

  read(counts: readonly number[]): void {
    this.handles = handlesViewOf(counts.map((count) => ({ count })));
    this.lists.handlesChanged();
  }

  get last(): HandleListUpdate | undefined {
    return this.updates.at(-1);
  }
}

describe('the lists of a page', () => {
  it('are sent as far as they are in sight, and then what changes', () => {
    const page = new Page();
    page.watch({ isNew: true });
    assert.equal(page.updates.length, 0, 'there is nothing yet');
    page.read([1, 2, 3, 4, 5]);
    assert.equal(page.last?.isWhole, true);
    assert.equal(page.last.count, 5);
    assert.deepEqual(page.last.order, ['0', '1', '2']);
    assert.equal(page.last.changes.length, 3);
    page.read([1, 7, 3, 4, 9]);
    assert.equal(page.last.isWhole, false);
    assert.equal(page.last.order, null);
    assert.deepEqual(page.last.changes, [{ id: '1', count: 7 }]);
  });

  it('send only the rows that come into sight when the page scrolls', () => {
    const page = new Page();
    page.read([1, 2, 3, 4, 5]);
    page.watch({ isNew: true });
    page.watch({ window: { first: 1, count: 3 } });
    assert.deepEqual(page.last?.order, ['1', '2', '3']);
    assert.deepEqual(page.last.changes.map(({ id }) => id), ['3']);
    page.watch({ window: { first: 90, count: 3 } });
    assert.equal(page.last.first, 2, 'the list is shorter than the page thought');
  });

  it('say where tracked rows are, wherever that is', () => {
    const page = new Page();
    page.read([1, 2, 3, 4, 5]);
    page.watch({ isNew: true, tracked: ['4', 'gone', '0'] });
    assert.deepEqual(page.last?.places, [['0', 0], ['4', 4]]);
  });

  it('are searched, sorted and filtered', () => {
    const page = new Page();
    page.handles = handlesViewOf([{ label: 'Timer', count: 1 }, { label: 'TCP socket', count: 9 }, { label: 'Interval', count: 5, stuck: true, longWaiting: true }]);
    page.watch({ isNew: true, query: { ...EVERYTHING, sort: 'count' } });
    assert.deepEqual(page.last?.order, ['1', '2', '0']);
    page.watch({ query: { ...EVERYTHING, search: 'TIMER' } });
    assert.deepEqual(page.last.order, ['0']);
    page.watch({ query: { ...EVERYTHING, filters: ['problems'] } });
    assert.deepEqual(page.last.order, ['2']);
    assert.deepEqual(page.last.left.all, { count: 15, estimated: false });
    page.hidden = { files: [], groups: [{ id: '2', name: 'Interval' }] };
    page.lists.handlesChanged();
    assert.equal(page.last.count, 0);
  });

  it('are not sent when they are out of sight, and whole when they come again', () => {
    const page = new Page();
    page.read([1]);
    page.watch({ isNew: true });
    page.lists.unwatch('all');
    page.read([2]);
    assert.equal(page.updates.length, 1);
    page.watch({ isNew: true });
    assert.equal(page.last?.isWhole, true);
    page.lists.clear();
    page.read([3]);
    assert.equal(page.updates.length, 2);
  });

  it('are whole for another session, and sixteen at most', () => {
    const page = new Page();
    page.read([1]);
    for (let list = 0; list < 20; list++) page.watch({ isNew: true, id: `list${list}` });
    assert.equal(page.updates.length, 16);
    page.lists.reset();
    assert(page.updates.slice(16).every(({ isWhole }) => isWhole));
  });
});
