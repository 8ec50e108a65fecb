import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { lookAtStack } from '../../src/collector/interruptedStack';
import { StackCapture, type Capture } from '../../src/collector/stackCapture';
import { FrameTable } from '../../src/model/frameTable';

describe('StackCapture', () => {
  it('goes on with stacks after the debugger has interrupted it for a question', () => {
    const table = new FrameTable();
    const stacks = new StackCapture(table);
    const captureHere = () => stacks.capture();
    // V8 runs what the debugger asks between any two steps: here between the first stack and the last.
    const interrupting: Capture = {
      get stack() {
        stacks.isInsideHook();
        return undefined;
      },
    };
    const [first, interrupted, last] = stacks.format([captureHere(), interrupting, captureHere()]);
    const names = [first, last].map((stack) => stack?.map((index) => table.frames[index]?.functionName));
    assert.deepEqual(names.map((ofOne) => ofOne?.includes('captureHere')), [true, true]);
    assert.equal(interrupted, null);
  });
});

describe('lookAtStack', () => {
  const settings = () => [Error.stackTraceLimit, Error.prepareStackTrace];

  it('asks about the frames that it is called from', () => {
    const askHere = (depth: number) => lookAtStack(depth, (sites) => sites.some((site) => site.getFunctionName() === 'askHere'));
    assert.deepEqual([askHere(1), askHere(200)], [false, true]);
  });

  it('leaves what V8 captures and formats by as it was', () => {
    const before = settings();
    lookAtStack(5, () => true);
    assert.deepEqual(settings(), before);
    assert.throws(() => lookAtStack(5, () => assert.fail('a question without an answer')));
    assert.deepEqual(settings(), before);
  });
});
