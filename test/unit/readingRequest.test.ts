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

  it('is at least 500 allocation sites, and as many as are listed', () => {
    for (const [allocationLimit, sites] of [[50, 500], [1_000, 1_000]] as const) assert.equal(listsRequest({ ...SETTINGS, allocationLimit }, [], 'tick').allocationSites, sites);
  });
});
