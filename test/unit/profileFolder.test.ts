import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { readBifrostFile, writeBifrostFile } from '../../src/host/export/formats/bifrostFile';
import { ProfileFolder } from '../../src/host/export/profileFolder';
import type { SavedProfile } from '../../src/protocol/savedProfile';
import { savedProfile } from '../helpers/savedProfiles';

const GENEROUS = { files: 10, bytes: 1_000_000 };

describe('a folder of profiles', () => {
  let temp: string;
  let folder: string;
  beforeEach(async () => {
    temp = await mkdtemp(path.join(tmpdir(), 'bifrost-profiles-'));
    folder = path.join(temp, 'not', 'there yet');
  });
  afterEach(() => rm(temp, { recursive: true }));

  const at = (minute: number, name = 'Shop'): SavedProfile => savedProfile({ savedAt: new Date(2026, 0, 2, 3, minute, 5).toISOString(), program: { name, pid: 1, nodeVersion: null } });
  const names = async () => (await readdir(folder)).sort();

  it('names each file by program and time, and holds what was saved', async () => {
    const file = await new ProfileFolder(folder, GENEROUS).add(at(4));
    assert.equal(file, path.join(folder, 'Shop-2026-01-02-03-04-05.bifrost.json'));
    assert.deepEqual(readBifrostFile(await readFile(file, 'utf8')), { ok: true, value: at(4) });
  });

  it('overwrites nothing', async () => {
    const profiles = new ProfileFolder(folder, GENEROUS);
    const files = await Promise.all([1, 2, 3].map(() => profiles.add(at(4))));
    assert.equal(new Set(files).size, 3);
    assert.deepEqual(await names(), ['Shop-2026-01-02-03-04-05-2.bifrost.json', 'Shop-2026-01-02-03-04-05-3.bifrost.json', 'Shop-2026-01-02-03-04-05.bifrost.json']);
  });

  it('stays within itself, whatever the program is called', async () => {
    const file = await new ProfileFolder(folder, GENEROUS).add(at(4, '../../etc/passwd\0'));
    assert.equal(path.dirname(file), folder);
  });

  it('keeps so many of the newest, and leaves other files alone', async () => {
    const profiles = new ProfileFolder(folder, { files: 2, bytes: 1_000_000 });
    await profiles.add(at(1));
    await writeFile(path.join(folder, 'notes.txt'), 'mine');
    await profiles.add(at(2));
    await profiles.add(at(3));
    assert.deepEqual(await names(), ['Shop-2026-01-02-03-02-05.bifrost.json', 'Shop-2026-01-02-03-03-05.bifrost.json', 'notes.txt']);
  });

  it('keeps to its size, but always the newest', async () => {
    const { length } = writeBifrostFile(at(1));
    const profiles = new ProfileFolder(folder, { files: 10, bytes: 1.5 * length });
    for (const minute of [1, 2, 3]) await profiles.add(at(minute));
    assert.deepEqual(await names(), ['Shop-2026-01-02-03-03-05.bifrost.json']);
    await new ProfileFolder(folder, { files: 1, bytes: 1 }).add(at(4));
    assert.deepEqual(await names(), ['Shop-2026-01-02-03-04-05.bifrost.json']);
  });

  it('says why it could not', async () => {
    await writeFile(path.join(temp, 'not'), 'a file');
    await assert.rejects(new ProfileFolder(folder, GENEROUS).add(at(1)), /ENOTDIR|EEXIST|ENOENT/);
  });
});
