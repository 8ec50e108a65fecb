import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { handleRequest, listsRequest } from '../../src/host/session/readingRequest';
import { SETTINGS } from '../helpers/settings';

const PAUSES = [{ start: 1, end: null }];

describe('what a reading asks for', () => {
  it('is what the settings say', () => {
    const settings = { ...SETTINGS, longWait: 5_000, stuckAfter: 7_000, backgroundPatterns: ['cache'], perRequestPatterns: ['routes/'] };
    assert.deepEqual(handleRequest(settings, PAUSES, 'tick'), {
      limit: 1_000,
      longWait: 5_000,
      stuckAfter: 7_000,
      readStacksAfter: 1_000,
      pauses: PAUSES,
      backgroundPatterns: ['cache'],
      perRequestPatterns: ['routes/'],
    });
  });

  it('is every stack when it is to be whole, and those of what has survived a second with a tick', () => {
    assert.equal(handleRequest(SETTINGS, [], 'whole').readStacksAfter, 0);
    assert.equal(handleRequest(SETTINGS, [], 'tick').readStacksAfter, 1_000);
  });

  it('is the largest allocation sites with a tick, and all of them, now, when it is to be whole', () => {
    assert.deepEqual(listsRequest(SETTINGS, [], 'tick').allocations, { sites: 2_000, force: false });
    assert.deepEqual(listsRequest(SETTINGS, [], 'whole').allocations, { sites: 100_000, force: true });
  });
});
