import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'mocha';
import { ProgramPauses } from '../../src/host/session/programPauses';
import { SAMPLE } from '../helpers/collectorReplies';

describe('ProgramPauses', () => {
  let pauses: ProgramPauses;
  beforeEach(() => (pauses = new ProgramPauses()));

  const loop = () => {
    const now = performance.now();
    const { loopDelayP99, loopDelayMax, loopUtilization } = pauses.observe(now, now, { ...SAMPLE, clock: now });
    return [loopDelayP99, loopDelayMax, loopUtilization];
  };
  const KNOWN = [SAMPLE.loopDelayP99, SAMPLE.loopDelayMax, SAMPLE.loopUtilization];
  const UNKNOWN = [null, null, null];

  it('leaves a sample as it is when the debugger has not held the program', () => {
    assert.deepEqual([loop(), loop()], [KNOWN, KNOWN]);
  });

  it('takes a loop that was held for neither late nor busy, until a whole interval has passed without', () => {
    loop();
    pauses.onPaused();
    assert.deepEqual([loop(), loop()], [UNKNOWN, UNKNOWN]);
    pauses.onResumed();
    assert.deepEqual([loop(), loop()], [UNKNOWN, KNOWN]);
  });

  it('does the same of a pause between two samples, and of one from before the first', () => {
    pauses.onPaused();
    assert.equal(pauses.isPaused, true);
    assert.deepEqual(loop(), UNKNOWN);
    pauses.onResumed();
    loop();
    pauses.onPaused();
    pauses.onResumed();
    assert.deepEqual([loop(), loop()], [UNKNOWN, KNOWN]);
    assert.deepEqual(pauses.toArray().map(({ end }) => end === null), [false, false]);
  });
});
