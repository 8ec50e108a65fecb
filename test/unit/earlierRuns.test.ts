import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { EarlierRuns } from '../../src/host/export/earlierRuns';
import { writeBifrostFile } from '../../src/host/export/formats/bifrostFile';
import type { SavedProfile } from '../../src/protocol/savedProfile';
import { savedProfile } from '../helpers/savedProfiles';

const GENEROUS = { files: 10, bytes: 1_000_000 };
const timeOf = (minute: number) => new Date(2026, 0, 2, 3, minute).getTime();

describe('the last runs of a workspace’s programs', () => {
  let temp: string;
  let folder: string;
  let runs: EarlierRuns;
  beforeEach(async () => {
    temp = await mkdtemp(path.join(tmpdir(), 'bifrost-runs-'));
    folder = path.join(temp, 'not', 'there yet');
    runs = new EarlierRuns(folder, GENEROUS);
  });
  afterEach(() => rm(temp, { recursive: true }));

  const at = (minute: number | null): SavedProfile => savedProfile({ allocationsReadAt: minute === null ? null : new Date(timeOf(minute)).toISOString() });
  const readAt = async (run: string) => (await runs.find(run))?.readAt ?? null;

  it('are none before one was kept', async () => assert.equal(await runs.find('Shop › app.js'), null));

  it('are found by their program, and hold what was kept', async () => {
    await runs.keep('Shop › app.js', at(4));
    await runs.keep('Shop › [worker 1]', at(5));
    const found = await runs.find('Shop › app.js');
    assert(found);
    assert.equal(found.readAt, timeOf(4));
    assert.deepEqual(await runs.read(found), { ok: true, value: at(4) });
  });

  it('take the place of the run before, also of one that another window kept', async () => {
    await runs.keep('Shop', at(4));
    await new EarlierRuns(folder, GENEROUS).keep('Shop', at(6));
    await runs.keep('Shop', at(5));
    assert.equal(await readAt('Shop'), timeOf(5));
    assert.equal((await readdir(folder)).length, 1);
  });

  it('are kept one after the other, and found when that is through', async () => {
    const kept = Promise.all([1, 2, 3, 4].map((minute) => runs.keep('Shop', at(minute))));
    assert.equal(await readAt('Shop'), timeOf(4));
    await kept;
  });

  it('stay within their folder, whatever the program is called', async () => {
    await runs.keep('../../etc/passwd\0 [x](command:y)', at(4));
    assert.match((await readdir(folder)).join(), /^[\w-]+\.\d+\.bifrost\.json$/);
  });

  it('are so many and so large at most, the newest always', async () => {
    const few = new EarlierRuns(folder, { files: 2, bytes: 1_000_000 });
    for (const [index, run] of ['one', 'two', 'three'].entries()) await few.keep(run, at(index));
    assert.deepEqual([await readAt('one'), await readAt('two'), await readAt('three')], [null, timeOf(1), timeOf(2)]);
    await new EarlierRuns(folder, { files: 10, bytes: 1.5 * writeBifrostFile(at(1)).length }).keep('four', at(7));
    assert.deepEqual([await readAt('two'), await readAt('three'), await readAt('four')], [null, null, timeOf(7)]);
  });

  it('are not those of which no allocations were read', async () => {
    await runs.keep('Shop', at(null));
    assert.equal(await readAt('Shop'), null);
  });

  it('say why one could not be kept, and keep the next one', async () => {
    await writeFile(path.join(temp, 'not'), 'a file');
    await assert.rejects(runs.keep('Shop', at(1)), /ENOTDIR|EEXIST|ENOENT/);
    await rm(path.join(temp, 'not'));
    await runs.keep('Shop', at(2));
    assert.equal(await readAt('Shop'), timeOf(2));
  });

  it('say that a file is damaged in place of throwing', async () => {
    await runs.keep('Shop', at(1));
    const found = await runs.find('Shop');
    assert(found);
    await writeFile(found.file, '{"format":');
    const read = await runs.read(found);
    assert(!read.ok);
    assert.match(read.message, /damaged/);
  });
});
