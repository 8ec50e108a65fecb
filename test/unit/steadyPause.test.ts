import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { SteadyPause } from '../../src/host/session/steadyPause';
import { waitFor } from '../helpers/waitFor';

describe('SteadyPause', () => {
  let heard: { isPaused: boolean; since: number }[];
  let pause: SteadyPause;
  beforeEach(() => {
    heard = [];
    pause = new SteadyPause((isPaused, since) => heard.push({ isPaused, since }));
  });
  afterEach(() => pause.reset());

  it('tells of a pause that lasts, and when it began', async () => {
    const before = Date.now();
    pause.set(true);
    const after = Date.now();
    assert.equal(pause.isPaused, false);
    const [change] = await waitFor('the pause', () => (heard.length > 0 ? heard : undefined));
    assert.ok(change && change.isPaused && change.since >= before && change.since <= after);
    assert.equal(pause.isPaused, true);
  });

  it('says nothing of a debugger that steps', async () => {
    for (let step = 0; step < 20; step++) {
      pause.set(true);
      pause.set(false);
      await new Promise(setImmediate);
    }
    pause.set(true);
    await waitFor('the last pause', () => (pause.isPaused ? true : undefined));
    assert.deepEqual(heard.map(({ isPaused }) => isPaused), [true]);
  });

  it('takes a state at once where it is told to', () => {
    pause.settle(true);
    pause.settle(true);
    assert.deepEqual([pause.isPaused, heard.length], [true, 1]);
  });
});
