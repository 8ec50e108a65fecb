import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { fileOf, hiddenCount, hideFile, hideGroup, isHidden, MAX_HIDDEN, NOTHING_HIDDEN, unhideFile, unhideGroup } from '../../src/model/hidden';
import type { Hidden } from '../../src/protocol/profile';
import { frame, handleRow } from '../helpers/handleRows';

const byPool = handleRow({ id: 'pool', stack: [frame('connect', 'node:net', 'node'), frame('connectToDatabase', '/app/pool.ts'), frame('start', '/app/main.ts')] });
const byPoll = handleRow({ id: 'poll', stack: [frame('poll', '/app/poll.ts')] });
const nowhere = handleRow({ id: 'nowhere' });
const rows = [byPool, byPoll, nowhere];

const hidesFile = (...files: readonly string[]): Hidden => ({ files, groups: [] });
const hidesGroup = (...ids: readonly string[]): Hidden => ({ files: [], groups: ids.map((id) => ({ id, name: `Group ${id}` })) });

describe('fileOf', () => {
  it('is the file of the first frame that the user wrote', () => assert.equal(fileOf(byPool), '/app/pool.ts'));
  it('is that of the cause, where Node opened it by itself', () =>
    assert.equal(fileOf({ stack: [frame('onconnection', 'node:net', 'node')], causeStack: [frame('listen', '/app/server.ts')] }), '/app/server.ts'));
  it('is that of the top frame, where the user wrote none', () => assert.equal(fileOf({ stack: [frame('connect', 'node:net', 'node')], causeStack: [] }), 'node:net'));
  it('is none without a frame, or with a native one', () => {
    assert.equal(fileOf(nowhere), null);
    assert.equal(fileOf({ stack: [frame('map', '', 'native')], causeStack: [] }), null);
  });
});

describe('isHidden', () => {
  it('is nothing at first', () => assert.deepEqual(rows.filter((row) => isHidden(row, NOTHING_HIDDEN)), []));
  it('is what belongs to a file, not what only passes through it', () => {
    assert.deepEqual(rows.filter((row) => isHidden(row, hidesFile('/app/pool.ts'))), [byPool]);
    assert.deepEqual(rows.filter((row) => isHidden(row, hidesFile('/app/main.ts', 'node:net'))), []);
  });
  it('is a group by its id', () => assert.deepEqual(rows.filter((row) => isHidden(row, hidesGroup('poll', 'gone'))), [byPoll]));
  it('is never a group without a file because of a file', () => assert.equal(isHidden(nowhere, hidesFile('')), false));
});

describe('hiddenCount', () => {
  it('counts each group once', () => {
    assert.equal(hiddenCount(rows, NOTHING_HIDDEN), 0);
    assert.equal(hiddenCount(rows, { ...hidesFile('/app/poll.ts', '/app/pool.ts'), ...{ groups: hidesGroup('poll').groups } }), 2);
  });
});

describe('hiding and showing again', () => {
  const group = { id: 'poll', name: 'Timer, opened by poll' };

  it('adds and removes', () => {
    const both = hideGroup(hideFile(NOTHING_HIDDEN, '/app/pool.ts'), group);
    assert.deepEqual(both, { files: ['/app/pool.ts'], groups: [group] });
    assert.deepEqual(unhideFile(both, '/app/pool.ts'), { files: [], groups: [group] });
    assert.deepEqual(unhideGroup(both, 'poll'), { files: ['/app/pool.ts'], groups: [] });
    assert.deepEqual(NOTHING_HIDDEN, { files: [], groups: [] }, 'nothing is changed in place');
  });

  it('changes nothing where it is so already', () => {
    const hidden = hideGroup(hideFile(NOTHING_HIDDEN, '/a.ts'), group);
    for (const same of [hideFile(hidden, '/a.ts'), hideGroup(hidden, { ...group, name: 'Other' }), unhideFile(hidden, '/b.ts'), unhideGroup(hidden, 'other')]) assert.equal(same, hidden);
  });

  it('forgets the oldest past the bound', () => {
    let hidden = NOTHING_HIDDEN;
    for (let index = 0; index <= MAX_HIDDEN; index++) hidden = hideGroup(hideFile(hidden, `/${index}.ts`), { id: String(index), name: '' });
    assert.deepEqual([hidden.files.length, hidden.files[0], hidden.groups.length, hidden.groups[0]?.id], [MAX_HIDDEN, '/1.ts', MAX_HIDDEN, '1']);
  });
});
