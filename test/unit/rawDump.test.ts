import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { CreationStack, HandleLookup, OpenHandle } from '../../src/model/handleGroups';
import { rawDump } from '../../src/model/rawDump';
import type { RawFrame } from '../../src/protocol/frames';

const frames: readonly RawFrame[] = [
  { functionName: 'connect', url: '/app/pool.js', line: 31, column: 18 },
  { functionName: '', url: '/app/main.js', line: 4, column: 1 },
  { functionName: 'listen', url: '/app/server.js', line: 8, column: 5 },
  { functionName: 'forEach', url: '', line: 0, column: 0 },
  { functionName: 'Promise.then', url: '', line: 0, column: 0 },
  { functionName: 'async loadOrder', url: '/app/orders.js', line: 12, column: 3 },
];
const STACKS: Readonly<Record<number, CreationStack>> = {
  1: { origin: 'known', stack: [0, 3, 1], causeStack: [] },
  2: { origin: 'known', stack: [], causeStack: [2, 1] },
  3: { origin: 'known', stack: [99], causeStack: [] },
  4: { origin: 'unread', stack: [], causeStack: [] },
  5: { origin: 'notCaptured', stack: [], causeStack: [] },
  6: { origin: 'earlier', stack: [], causeStack: [] },
  7: { origin: 'known', stack: [4, 0], causeStack: [] },
  8: { origin: 'known', stack: [5], causeStack: [] },
  9: { origin: 'earlier', stack: [], causeStack: [2] },
};
const DETAILS: Readonly<Record<number, string>> = { 42: 'to 10.0.0.7:5432', 50: 'after 30 s' };
const NONE: CreationStack = { origin: 'known', stack: [], causeStack: [] };
const lookup: HandleLookup = {
  frames,
  stackOf: (key) => STACKS[key] ?? NONE,
  subjectOf: () => assert.fail('The dump shows the detail.'),
  detailOf: ({ id }) => DETAILS[id] ?? '',
  dueInOf: ({ id }) => (id === 50 ? 12_500 : null),
};

function handle(id: number, type: string, createdAt: number, stackKey: number, more: Partial<OpenHandle> = {}): OpenHandle {
  return {
    id,
    kind: 'handle',
    type,
    createdAt,
    request: null,
    isBackground: false,
    stackKey,
    weight: 1,
    state: '',
    keepsAlive: null,
    activeAt: null,
    ...more,
  };
}

function pending(id: number, createdAt: number, stackKey: number, weight = 1): OpenHandle {
  return handle(id, 'PROMISE', createdAt, stackKey, { kind: 'pending', weight });
}

/** The first lines of the members, without what the lines before them say. */
function heads(handles: readonly OpenHandle[]): string[] {
  return rawDump(handles, lookup, [], 10_000).match(/^\w+ \d+ \[.*$/gm) ?? [];
}

describe('rawDump', () => {
  it('writes every handle and pending operation with its stack, oldest first', () => {
    const served = { route: 'GET /users/:id', isFinished: true };
    const handles = [
      handle(42, 'TCPWRAP', 2000, 1, { request: served, keepsAlive: true, activeAt: 6900 }),
      handle(7, 'TCPWRAP', 1000, 2, { state: 'half-closed', keepsAlive: false }),
      handle(9, 'MyJob', 9990, 3),
      pending(3, 2500, 7),
      pending(4, 6000, 8),
    ];
    assert.equal(
      rawDump(handles, lookup, [{ start: 3000, end: 5000 }], 10_000),
      `3 open handles, 2 promises awaited

handle 7 [TCP socket, half-closed, 7.0 s, unref'd]:
caused by
listen
\t/app/server.js:8:5
(anonymous)
\t/app/main.js:4:1

handle 42 [TCP socket, open, 6.0 s, to 10.0.0.7:5432, idle 3.1 s, keeps alive, per_request GET /users/:id, answered]:
connect
\t/app/pool.js:31:18
forEach
\t(native):0:0
(anonymous)
\t/app/main.js:4:1

pending 3 [Promise.then, pending, 5.5 s]:
Promise.then
\t(native):0:0
connect
\t/app/pool.js:31:18

pending 4 [Await, pending, 4.0 s]:
async loadOrder
\t/app/orders.js:12:3

handle 9 [MyJob, open, 0.0 s]:
`,
    );
  });

  it('says why a stack is missing', () => {
    const handles = [4, 5, 6, 9].map((key) => handle(key, 'Timeout', key, key));
    assert.equal(
      rawDump(handles, lookup, [], 10),
      `4 open handles, 0 promises awaited

handle 4 [Timer, scheduled, 0.0 s]:
(creation stack not read yet)

handle 5 [Timer, scheduled, 0.0 s]:
(no creation stack: too many were opened at once, and this one was left out of the sample)

handle 6 [Timer, scheduled, 0.0 s]:
(no creation stack: open before Bifrost came)

handle 9 [Timer, scheduled, 0.0 s]:
(no creation stack: open before Bifrost came)
caused by
listen
\t/app/server.js:8:5
`,
    );
  });

  it('says what a pending operation stands for, and that they are a sample', () => {
    const text = rawDump([pending(1, 0, 8, 64), pending(2, 0, 8)], lookup, [], 1000);
    assert.match(text, /^0 open handles, 2 promises awaited \(a sample\)\n/);
    assert.match(text, /^pending 1 \[Await, pending, 1\.0 s, stands for 64\]:$/m);
    assert.match(text, /^pending 2 \[Await, pending, 1\.0 s\]:$/m);
  });

  it('lists a handle for itself, whatever it stands for: none is left out of a dump', () => {
    const handles = [handle(1, 'Timeout', 0, 1, { weight: 8 }), handle(2, 'Timeout', 0, 5, { weight: 0 })];
    assert.deepEqual(heads(handles), ['handle 1 [Timer, scheduled, 10.0 s]:', 'handle 2 [Timer, scheduled, 10.0 s]:']);
  });

  it('says what a request is doing while it is being answered', () => {
    const request = { route: 'POST /orders', isFinished: false };
    assert.deepEqual(heads([handle(50, 'Timeout', 5000, 1, { request })]), [
      'handle 50 [Timer, scheduled, 5.0 s, after 30 s, due in 12.5 s, per_request POST /orders]:',
    ]);
  });

  it('says so when nothing is open', () => assert.equal(rawDump([], lookup, [], 0), '0 open handles, 0 promises awaited\n'));

  it('does not change what it was given', () => {
    const handles = [handle(2, 'Timeout', 20, 1), handle(1, 'Timeout', 10, 1)];
    rawDump(handles, lookup, [], 100);
    assert.deepEqual(handles.map(({ id }) => id), [2, 1]);
  });

  it('keeps the order of what was created at once', () => {
    const handles = Array.from({ length: 50 }, (_, id) => handle(id, 'Timeout', 7, 1));
    const ids = heads(handles).map((head) => Number(/\d+/.exec(head)?.[0]));
    assert.deepEqual(ids, handles.map(({ id }) => id));
  });

  it('prints what a person can read, and counts the rest', () => {
    const count = 100_000;
    const text = rawDump(Array.from({ length: count }, (_, index) => handle(index, 'Timeout', index, 1)), lookup, [], count);
    // The host refuses a dump above 8,000,000 characters.
    assert.ok(text.length > 3_000_000 && text.length < 4_100_000, `${text.length} characters`);
    const printed = text.match(/^handle /gm)?.length ?? 0;
    assert.ok(text.endsWith(`\n… and ${count - printed} more\n`));
  });
});
