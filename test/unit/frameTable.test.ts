import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { FrameTable } from '../../src/model/frameTable';

describe('FrameTable', () => {
  it('gives every distinct frame an index, in the order they came', () => {
    const table = new FrameTable();
    const frames: readonly [string, string, number, number][] = [['f', '/a.js', 1, 2], ['g', '/a.js', 1, 2], ['f', '/b.js', 1, 2], ['f', '/a.js', 2, 2], ['f', '/a.js', 1, 3], ['', '', 0, 0]];
    assert.deepEqual(frames.map((frame) => table.indexOf(...frame)), [0, 1, 2, 3, 4, 5]);
    assert.deepEqual(frames.map((frame) => table.indexOf(...frame)), [0, 1, 2, 3, 4, 5]);
    assert.equal(table.frames.length, 6);
    assert.deepEqual(table.frames[3], { functionName: 'f', url: '/a.js', line: 2, column: 2 });
  });

  it('takes frames of names that are keys of every object', () => {
    const table = new FrameTable();
    assert.deepEqual(['__proto__', 'constructor', 'toString'].map((name) => table.indexOf(name, '', 0, 0)), [0, 1, 2]);
  });

  it('knows no place before the begin of a file', () => {
    const table = new FrameTable();
    assert.equal(table.indexOf('f', '/a.js', -3, -195), table.indexOf('f', '/a.js', 0, 0));
    assert.deepEqual(table.frames, [{ functionName: 'f', url: '/a.js', line: 0, column: 0 }]);
  });

  it('tells frames apart whose texts hold line breaks', () => {
    const table = new FrameTable();
    assert.notEqual(table.indexOf('c', 'a\nb', 1, 1), table.indexOf('b\nc', 'a', 1, 1));
  });
});
