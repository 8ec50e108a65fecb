import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { gridAction, type GridKeyContext } from '../../src/webview/components/gridKeys';

const ROW: GridKeyContext = { position: 5, count: 10, page: 4, expandable: true, open: false };
const act = (key: string, context: Partial<GridKeyContext> = {}, modifiers: Partial<KeyboardEvent> = {}) =>
  gridAction({ key, altKey: false, ctrlKey: false, metaKey: false, shiftKey: false, ...modifiers }, { ...ROW, ...context });

describe('the keys of a grid', () => {
  it('move within the list', () => {
    const moves = { ArrowDown: 6, ArrowUp: 4, PageDown: 9, PageUp: 1, Home: 0, End: 9 };
    for (const [key, to] of Object.entries(moves)) assert.deepEqual(act(key), { kind: 'move', to }, key);
    assert.deepEqual(act('ArrowDown', { position: 9 }), { kind: 'move', to: 9 });
    assert.deepEqual(act('ArrowUp', { position: 0 }), { kind: 'move', to: 0 });
  });

  it('open a row and go into it, close it and go to its parent', () => {
    assert.deepEqual(act('ArrowRight'), { kind: 'open' });
    assert.deepEqual(act('ArrowRight', { open: true }), { kind: 'move', to: 6 });
    assert.equal(act('ArrowRight', { expandable: false }), null);
    assert.deepEqual(act('ArrowLeft', { open: true }), { kind: 'close' });
    assert.deepEqual(act('ArrowLeft'), { kind: 'toParent' });
    assert.deepEqual(act(' '), { kind: 'toggle' });
    assert.equal(act(' ', { expandable: false }), null);
  });

  it('open the source with any modifier, copy with one, and leave all else to others', () => {
    assert.deepEqual(act('Enter'), { kind: 'openFrame' });
    assert.deepEqual(act('Enter', {}, { ctrlKey: true }), { kind: 'openFrame' });
    assert.deepEqual(act('c', {}, { ctrlKey: true }), { kind: 'copy' });
    assert.equal(act('c'), null);
    assert.equal(act('ArrowDown', {}, { altKey: true }), null);
    assert.equal(act('Tab'), null);
  });
});
