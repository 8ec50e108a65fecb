import assert from 'node:assert/strict';
import { fromInspectorTimes, fromNativeTimes, type NativeTimeNode } from '../../src/model/timeProfile';

const TAKEN = { interval: 1000, since: 5000, pauses: [] };
/** Microseconds since 1970. */
const EPOCH = 1_800_000_000_000_000n;

function node(name: string, scriptName: string, samples: readonly [time: number, cpuNanoseconds?: number][], children: readonly NativeTimeNode[] = []): NativeTimeNode {
  const contexts = samples.map(([time, cpuTime]) => ({ timestamp: EPOCH + BigInt(time), ...(cpuTime !== undefined && { cpuTime }) }));
  return { name, scriptName, lineNumber: 1, columnNumber: 2, contexts, children };
}

function native(children: readonly NativeTimeNode[]) {
  return { topDownRoot: node('(root)', '', [], children), startTime: 700, endTime: 10_700, nonJSThreadsCpuTime: 2_000_400 };
}

describe('the native sampler’s profile', () => {
  it('is a tree with sums and a timeline in order', () => {
    const inner = node('inner', '/app.js', [[3000, 500_000], [1000, 900_000]]);
    const profile = fromNativeTimes(native([node('outer', '/app.js', [[2000, 100_000]], [inner]), node('(idle)', '', [[6000]])]), TAKEN);
    assert.deepEqual(profile.frames.map(({ functionName }) => functionName), ['outer', '(idle)', 'inner']);
    assert.deepEqual(profile.frames[0], { functionName: 'outer', url: '/app.js', line: 1, column: 2 });
    assert.deepEqual(profile.parents, [-1, 0, 0, 1]);
    assert.deepEqual(profile.frameOf, [-1, 0, 1, 2]);
    assert.deepEqual(profile.hits, [0, 1, 1, 2]);
    assert.deepEqual(profile.cpuTime, [0, 100, 0, 1400]);
    assert.deepEqual(profile.samples, [3, 1, 3, 2]);
    assert.deepEqual(profile.timeDeltas, [1000, 1000, 1000, 3000]);
    assert.deepEqual([profile.duration, profile.interval, profile.otherThreadsCpuTime], [10_000, 2500, 2000]);
  });

  it('leaves out stacks that no sample hit', () => {
    const profile = fromNativeTimes(native([node('seen', '/app.js', [[1000, 0]], [node('unseen', '/app.js', [])]), node('unseen', '/app.js', [])]), TAKEN);
    assert.deepEqual(profile.parents, [-1, 0]);
    assert.deepEqual(profile.frames.map(({ functionName }) => functionName), ['seen']);
  });

  it('counts the profiler’s own work, and what Node does for it, for no function', () => {
    const forIt = node('writeSync', 'node:fs', [[3000, 30_000]]);
    const own = node('collect', 'bifrost-collector.cdp', [[2000, 20_000]], [forIt]);
    const profile = fromNativeTimes(native([node('app', '/app.js', [[1000, 10_000]], [own])]), TAKEN);
    assert.deepEqual(profile.frames.map(({ functionName }) => functionName), ['app']);
    assert.deepEqual(profile.hits, [2, 1]);
    assert.deepEqual(profile.cpuTime, [50, 10]);
    assert.deepEqual(profile.samples, [1, 0, 0]);
  });

  it('leaves out pauses as if they had taken no time', () => {
    const profile = fromNativeTimes(native([node('app', '/app.js', [[1000, 1000], [4000, 1000], [5000, 1000], [9000, 1000]])]), {
      ...TAKEN,
      // From 3 to 6 ms after the start, and from 8.5 ms on; one before it.
      pauses: [{ start: 1, end: 2 }, { start: 5003, end: 5006 }, { start: 5008.5, end: null }],
    });
    assert.deepEqual(profile.hits, [0, 1]);
    assert.deepEqual(profile.timeDeltas, [1000]);
    assert.equal(profile.duration, 5500);
  });

  it('of nothing is empty', () => {
    const profile = fromNativeTimes(native([]), TAKEN);
    assert.deepEqual([profile.hits, profile.samples, profile.interval], [[0], [], 1000]);
  });
});

describe('the inspector’s profile', () => {
  const callFrame = (functionName: string) => ({ functionName, url: '/app.js', lineNumber: 4, columnNumber: 0 });

  it('has no CPU time, and its first sample is the start’s own', () => {
    const profile = fromInspectorTimes(
      {
        nodes: [
          { id: 1, callFrame: callFrame('(root)'), children: [3, 2] },
          { id: 2, callFrame: callFrame('two') },
          { id: 3, callFrame: callFrame('three') },
        ],
        startTime: 100,
        endTime: 4100,
        samples: [2, 3, 2, 3],
        timeDeltas: [50, 950, 1100, -100],
      },
      TAKEN,
    );
    assert.deepEqual(profile.frames, [
      { functionName: 'three', url: '/app.js', line: 5, column: 1 },
      { functionName: 'two', url: '/app.js', line: 5, column: 1 },
    ]);
    assert.deepEqual(profile.hits, [0, 2, 1]);
    assert.deepEqual(profile.samples, [1, 1, 2]);
    assert.deepEqual(profile.timeDeltas, [1000, 1000, 100]);
    assert.deepEqual([profile.cpuTime, profile.otherThreadsCpuTime, profile.duration], [null, null, 4000]);
  });

  it('of nothing is empty', () => {
    const profile = fromInspectorTimes({ nodes: [], startTime: 0, endTime: 0 }, TAKEN);
    assert.deepEqual([profile.parents, profile.samples], [[-1], []]);
  });
});
