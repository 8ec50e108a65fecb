import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { CreationStack, OpenHandle } from '../../src/model/handleGroups';
import { rawDump } from '../../src/model/rawDump';
import type { RawFrame } from '../../src/protocol/frames';

const frames: readonly RawFrame[] = [
  { functionName: 'connect', url: '/app/pool.js', line: 31, column: 18 },
  { functionName: '', url: '/app/main.js', line: 4, column: 1 },
  { functionName: 'listen', url: '/app/server.js', line: 8, column: 5 },
  { functionName: 'forEach', url: '', line: 0, column: 0 },
];
const STACKS: Readonly<Record<number, CreationStack>> = {
  1: { stack: [0, 3, 1], causeStack: [] },
  2: { stack: [], causeStack: [2, 1] },
  3: { stack: [99], causeStack: [] },
};
const stacks = { frames, stackOf: (key: number) => STACKS[key] ?? { stack: [], causeStack: [] } };

function handle(asyncId: number, type: string, createdAt: number, stackKey: number, inRequest = false): OpenHandle & { asyncId: number } {
  return { asyncId, type, createdAt, stackKey, inRequest, atStartUp: false };
}

describe('rawDump', () => {
  it('writes every handle with its stack, oldest first', () => {
    const handles = [handle(42, 'TCPWRAP', 2000, 1, true), handle(7, 'TCPWRAP', 1000, 2), handle(9, 'MyJob', 9990, 3)];
    assert.equal(
      rawDump(handles, stacks, [{ start: 3000, end: 5000 }], 10_000),
      `3 open handles

handle 7 [TCP socket, open, 7.0 s]:
caused by
listen
\t/app/server.js:8:5
(anonymous)
\t/app/main.js:4:1

handle 42 [TCP socket, open, 6.0 s, per_request]:
connect
\t/app/pool.js:31:18
forEach
\t(native):0:0
(anonymous)
\t/app/main.js:4:1

handle 9 [MyJob, open, 0.0 s]:
`,
    );
  });

  it('says so when nothing is open', () => assert.equal(rawDump([], stacks, [], 0), '0 open handles\n'));

  it('does not change what it was given', () => {
    const handles = [handle(2, 'Timeout', 20, 1), handle(1, 'Timeout', 10, 1)];
    rawDump(handles, stacks, [], 100);
    assert.deepEqual(handles.map(({ asyncId }) => asyncId), [2, 1]);
  });

  it('prints what a person can read, and counts the rest', () => {
    const count = 100_000;
    const text = rawDump(Array.from({ length: count }, (_, index) => handle(index, 'Timeout', index, 1)), stacks, [], count);
    // The host refuses a dump above 8,000,000 characters.
    assert.ok(text.length > 3_000_000 && text.length < 4_100_000, `${text.length} characters`);
    const printed = text.match(/^handle /gm)?.length ?? 0;
    assert.ok(text.endsWith(`\n… and ${count - printed} more handles\n`));
  });
});
