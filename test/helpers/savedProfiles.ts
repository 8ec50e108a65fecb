import { SAVED_FORMAT, SAVED_VERSION, type SavedProfile } from '../../src/protocol/savedProfile';

/** A saved profile of a program of which nothing is known, but for what is given. */
export function savedProfile(known: Partial<SavedProfile> = {}): SavedProfile {
  return {
    format: SAVED_FORMAT,
    version: SAVED_VERSION,
    savedAt: '2026-01-02T03:04:05.678Z',
    program: { name: 'program', pid: null, nodeVersion: null },
    sampler: null,
    allocations: null,
    allocationsReadAt: null,
    external: null,
    current: null,
    history: [],
    bands: [],
    events: [],
    handles: null,
    missing: {},
    ...known,
  };
}
