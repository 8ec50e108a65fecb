import assert from 'node:assert/strict';
import { runInNewContext } from 'node:vm';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { CdpConnection, CdpError } from '../../src/host/session/cdpConnection';
import { CollectorClient } from '../../src/host/session/collectorClient';
import { SourceError } from '../../src/host/session/profileSource';
import { COLLECTOR_PROTOCOL, COLLECTOR_SYMBOL, NEEDS_REQUIRE, type HandleRequest, type StartOptions } from '../../src/protocol/collector';
import { CdpServer, evaluated, result, type CdpRequest } from '../helpers/cdpServer';
import { COLLECTED, commandOf, DEEP_CHECK, goodProgram, HANDLE_REQUEST, HANDLES, HELLO, ok, SAMPLE, STARTED } from '../helpers/collectorReplies';
import { breakReply } from '../helpers/brokenReplies';
import { SeededRandom } from '../helpers/seededRandom';

const TIMEOUT = 8_000;
const BUNDLE = '(() => "the collector")()';

function collectorError(code: SourceError['code'], message = /./) {
  return (error: unknown) => error instanceof SourceError && error.code === code && message.test(error.message);
}

describe('CollectorClient', () => {
  let server: CdpServer;
  let connection: CdpConnection;
  let client: CollectorClient;

  beforeEach(async () => {
    server = await CdpServer.listen(goodProgram);
    connection = await CdpConnection.open(server.address, TIMEOUT);
    client = new CollectorClient(connection, BUNDLE);
  });
  afterEach(async () => {
    connection.close();
    await server.close();
  });

  const expressions = () => server.requests.map(({ params }) => String(params?.expression));

  describe('injecting', () => {
    it('compiles the collector under its name, runs it, and gives what it says of itself', async () => {
      assert.deepEqual(await client.inject(TIMEOUT), HELLO);
      assert.deepEqual(server.requests.map(({ method, params }) => [method, params]), [
        ['Runtime.compileScript', { expression: BUNDLE, sourceURL: 'bifrost-collector.cdp', persistScript: true }],
        ['Runtime.runScript', { scriptId: '77', returnByValue: true, silent: true }],
      ]);
    });

    it('runs it again with the console’s functions where it asks for them', async () => {
      const hasRequire = ({ params }: CdpRequest) => params?.includeCommandLineAPI === true;
      server.respond = (request) => (request.method === 'Runtime.runScript' && !hasRequire(request) ? evaluated(request, NEEDS_REQUIRE) : goodProgram(request));
      assert.deepEqual(await client.inject(TIMEOUT), HELLO);
      const methods = server.requests.map(({ method }) => method);
      assert.deepEqual(methods, ['Runtime.compileScript', 'Runtime.runScript', 'Runtime.compileScript', 'Runtime.runScript']);
    });

    it('rejects when the program does not compile it', async () => {
      server.respond = (request) => result(request, { exceptionDetails: { text: 'Uncaught SyntaxError' } });
      await assert.rejects(client.inject(TIMEOUT), collectorError('program', /does not compile/));
    });

    it('rejects a collector that speaks another protocol', async () => {
      server.respond = (request) => (request.method === 'Runtime.runScript' ? evaluated(request, ok({ ...HELLO, protocol: COLLECTOR_PROTOCOL + 1 })) : goodProgram(request));
      await assert.rejects(client.inject(TIMEOUT), collectorError('program', /Another version of Bifrost/));
    });

    it('rejects an answer that is not the collector’s', async () => {
      server.respond = (request) => (request.method === 'Runtime.runScript' ? evaluated(request, ok({ ...HELLO, abi: 127 })) : goodProgram(request));
      await assert.rejects(client.inject(TIMEOUT), collectorError('garbage', /value\.abi/));
    });
  });

  describe('commands', () => {
    it('arrive as they were sent, with their answers', async () => {
      const options: StartOptions = { allocations: true, handles: true, heapAddonPath: 'C:\\ext\\"a".node', samplingIntervalBytes: 1024, cumulative: true, pendingMode: 'off', overheadBudgetPercent: 3, idleLimit: 5000 };
      assert.deepEqual(await client.start(options, TIMEOUT), STARTED);
      assert.deepEqual(await client.collect({ allocations: { sites: 5, force: true } }, TIMEOUT), COLLECTED);
      assert.equal(await client.dump(HANDLE_REQUEST, TIMEOUT), 'a dump');
      await client.setPendingMode('all', TIMEOUT);
      assert.deepEqual(await client.deepCheck('begin', TIMEOUT), DEEP_CHECK);
      await client.stop(TIMEOUT);
      assert.deepEqual(server.requests.map(commandOf), [
        { command: 'start', options },
        { command: 'collect', request: { allocations: { sites: 5, force: true } } },
        { command: 'dump', request: HANDLE_REQUEST },
        { command: 'setPendingMode', mode: 'all' },
        { command: 'deepCheck', step: 'begin' },
        { command: 'stop' },
      ]);
    });

    it('never stop in the debugger, and hide their scripts from it', async () => {
      await client.collect({}, TIMEOUT);
      const { params } = await server.request('Runtime.evaluate');
      assert.deepEqual({ ...params, expression: '' }, { expression: '', disableBreaks: true, returnByValue: true, silent: true });
      assert.match(expressions()[0] ?? '', /\n\/\/# sourceURL=bifrost-call\.cdp$/);
    });

    it('run as one expression, whatever texts they carry', async () => {
      const texts = ['"); process.exit(); ("', '\\', "'`${x}", '\u2028\n//', '</script>', '$&'];
      const handles: HandleRequest = { ...HANDLE_REQUEST, backgroundPatterns: texts };
      await client.collect({ handles }, TIMEOUT);
      const received: unknown[] = [];
      const collector = { call: (text: string) => received.push(JSON.parse(text)) };
      const context = { [Symbol.for(COLLECTOR_SYMBOL)]: { collector } };
      runInNewContext(expressions()[0] ?? '', context);
      assert.deepEqual(received, [{ command: 'collect', request: { handles } }]);
    });

    it('find out that the collector is gone', async () => {
      server.respond = (request) => evaluated(request, runInNewContext(String(request.params?.expression), {}));
      await assert.rejects(client.collect({}, TIMEOUT), collectorError('notStarted', /gone/));
      server.respond = (request) => evaluated(request, runInNewContext(String(request.params?.expression), { [Symbol.for(COLLECTOR_SYMBOL)]: {} }));
      await assert.rejects(client.collect({}, TIMEOUT), collectorError('notStarted', /gone/));
    });

    it('leave out the parts of a reading that were not asked for', async () => {
      server.respond = (request) => evaluated(request, ok({ sample: SAMPLE }));
      assert.deepEqual(Object.keys(await client.collect({}, TIMEOUT)), ['sample']);
    });

    it('are answered by a rejection when the program does not answer, or is gone', async () => {
      server.respond = () => undefined;
      await assert.rejects(client.collect({}, 50), (error) => error instanceof CdpError && error.code === 'timeout');
      const call = assert.rejects(client.collect({}, TIMEOUT), (error) => error instanceof CdpError && error.code === 'closed');
      server.drop();
      await call;
    });
  });

  describe('a whole reading', () => {
    const isReadStacks = (request: CdpRequest) => commandOf(request).command === 'readStacks';
    const answering = (left: () => number) => (request: CdpRequest) => {
      const unreadStacks = left();
      return evaluated(request, ok(isReadStacks(request) ? { unreadStacks } : { sample: SAMPLE, handles: { ...HANDLES, unreadStacks } }));
    };

    it('has every stack read first', async () => {
      const left = [900, 40, 0];
      server.respond = answering(() => left.shift() ?? 0);
      const { handles } = await client.collectWhole({ handles: HANDLE_REQUEST }, TIMEOUT);
      assert.equal(handles?.unreadStacks, 0);
      assert.deepEqual(server.requests.map(isReadStacks), [true, true, true, false]);
    });

    it('asks again when handles came meanwhile', async () => {
      const left = [0, 3, 0];
      server.respond = answering(() => left.shift() ?? 0);
      const { handles } = await client.collectWhole({ handles: HANDLE_REQUEST }, TIMEOUT);
      assert.equal(handles?.unreadStacks, 0);
      assert.deepEqual(server.requests.map(isReadStacks), [true, false, false]);
    });

    it('gives up when nothing is read any more', async () => {
      // The first, ten that read nothing, and five readings.
      server.respond = answering(() => 7);
      const { handles } = await client.collectWhole({ handles: HANDLE_REQUEST }, TIMEOUT);
      assert.deepEqual([handles?.unreadStacks, server.requests.length], [7, 16]);
    });

    it('is one question without handles', async () => {
      server.respond = (request) => evaluated(request, ok({ sample: SAMPLE }));
      await client.collectWhole({}, TIMEOUT);
      assert.equal(server.requests.length, 1);
    });
  });

  describe('failures', () => {
    const failed = (code: unknown, message: unknown) => JSON.stringify({ ok: false, error: { code, message } });
    const rows: readonly (readonly [title: string, answer: unknown, code: SourceError['code'], message: RegExp])[] = [
      ['a collector that has switched itself off', failed('notStarted', 'Nobody called.'), 'notStarted', /^Nobody called\.$/],
      ['a program that has no room on its stack', failed('noRoom', 'It is full.'), 'noRoom', /^It is full\.$/],
      ['an error inside the collector', failed('internal', 'It broke.'), 'program', /^It broke\.$/],
      ['an error of a kind not known', failed('constructor', 'Odd.'), 'program', /^Odd\.$/],
      ['an error with a message of megabytes', failed('internal', 'x'.repeat(3_000_000)), 'program', /^x{2000}…$/],
      ['an error without a message', JSON.stringify({ ok: false, error: { code: 'internal' } }), 'garbage', /message/],
      ['an error that is none', JSON.stringify({ ok: false }), 'garbage', /error/],
      ['neither ok nor not', JSON.stringify({ ok: 'true', value: COLLECTED }), 'garbage', /ok/],
      ['no answer at all', undefined, 'garbage', /no text/],
      ['an answer that is no text', COLLECTED, 'garbage', /no text/],
      ['a text that is no JSON', '{"ok":true,', 'garbage', /./],
      ['an empty text', '', 'garbage', /./],
      ['a JSON that is no reply', '[]', 'garbage', /./],
    ];
    for (const [title, answer, code, message] of rows) {
      it(`says what is wrong with ${title}`, async () => {
        server.respond = (request) => evaluated(request, answer);
        await assert.rejects(client.collect({}, TIMEOUT), collectorError(code, message));
      });
    }

    it('gives the first line of an exception, cut', async () => {
      const details = (description: string) => ({ result: { type: 'object' }, exceptionDetails: { text: 'Uncaught', exception: { description } } });
      server.respond = (request) => result(request, details('TypeError: x is not a function\n    at /app/main.js:1:1'));
      await assert.rejects(client.collect({}, TIMEOUT), collectorError('program', /in the program: TypeError: x is not a function$/));
      server.respond = (request) => result(request, details('RangeError: Maximum call stack size exceeded'));
      await assert.rejects(client.collect({}, TIMEOUT), collectorError('noRoom', /^RangeError/));
      server.respond = (request) => result(request, details('y'.repeat(1_000_000)));
      await assert.rejects(client.collect({}, TIMEOUT), collectorError('program', /: y{300}$/));
      server.respond = (request) => result(request, { result: { type: 'object' }, exceptionDetails: { text: 'Uncaught null' } });
      await assert.rejects(client.collect({}, TIMEOUT), collectorError('program', /: Uncaught null$/));
    });

    it('refuses a stop that was answered with something', async () => {
      server.respond = (request) => evaluated(request, ok({ stopped: true }));
      await assert.rejects(client.stop(TIMEOUT), collectorError('garbage'));
    });

    it('refuses a dump that is too long to show', async () => {
      server.respond = (request) => evaluated(request, ok('x'.repeat(8_000_001)));
      await assert.rejects(client.dump(HANDLE_REQUEST, TIMEOUT), collectorError('garbage'));
    });
  });

  it('takes 2,000 broken replies for garbage, or for what they still say (seed 1)', async () => {
    const random = new SeededRandom(1);
    let refused = 0;
    for (let round = 0; round < 2000; round++) {
      const text = breakReply(ok(COLLECTED), random);
      server.respond = (request) => evaluated(request, text);
      try {
        assertBounded(await client.collect({}, TIMEOUT), text);
      } catch (error) {
        assert.ok(error instanceof SourceError, `${String(error)} for ${text.slice(0, 5000)}`);
        refused++;
      }
    }
    // Most are refused; if all or none were, the replies would be broken too much or not at all.
    assert.ok(refused > 1000 && refused < 1990, `${refused} of 2000 were refused`);
    assert.equal(Object.getOwnPropertyNames(Object.prototype).includes('polluted'), false);
  }).timeout(60_000);
});

/** Nothing that was let through is out of bounds. */
function assertBounded(value: unknown, text: string): void {
  if (typeof value === 'number') assert.ok(Number.isFinite(value) && value >= 0, `${value} got through in ${text}`);
  if (typeof value === 'string') assert.ok(value.length <= 2001, `${value.length} characters got through`);
  if (typeof value !== 'object' || value === null) return;
  assert.ok(!('polluted' in value), 'a property of the prototype got through');
  // The root of a call tree has no parent and no frame.
  for (const inner of Object.values(value)) if (!(inner === -1 && Array.isArray(value) && value[0] === -1)) assertBounded(inner, text);
}
