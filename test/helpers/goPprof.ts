/** Go's own reader of pprof profiles. scripts/environment/go.mjs sees to it that it is there. */
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

export interface TopEntry {
  readonly name: string;
  readonly flat: number;
  readonly cumulative: number;
}

/** What `go tool pprof` prints of a profile. @param flags Such as `-top`. */
export async function goPprof(profile: Uint8Array, ...flags: readonly string[]): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'bifrost-pprof-'));
  try {
    const file = path.join(folder, 'profile.pb.gz');
    await writeFile(file, profile);
    const go = process.env.BIFROST_GO ?? 'go';
    // Offline and without a home: nothing is fetched, nothing is left there.
    const env = { ...process.env, HOME: folder, PPROF_TMPDIR: folder, GOPROXY: 'off', GOTOOLCHAIN: 'local', GOFLAGS: '-mod=mod' };
    const { stdout } = await promisify(execFile)(go, ['tool', 'pprof', ...flags, file], { env, maxBuffer: 64e6 });
    return stdout;
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** `go tool pprof -top` of one sample type, in the type's own unit. */
export async function goTop(profile: Uint8Array, sampleType: string, unit: string): Promise<TopEntry[]> {
  const text = await goPprof(profile, '-top', '-nodecount=1000', '-nodefraction=0', `-unit=${unit}`, `-sample_index=${sampleType}`);
  const row = /^\s*(-?[\d.]+)\S*\s+\S+%\s+\S+%\s+(-?[\d.]+)\S*\s+\S+%\s+(.*)$/;
  return text.split('\n').flatMap((line) => {
    const [, flat, cumulative, name] = row.exec(line) ?? [];
    return name === undefined ? [] : [{ name, flat: Number(flat), cumulative: Number(cumulative) }];
  });
}
