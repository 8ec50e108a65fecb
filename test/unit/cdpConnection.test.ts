import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { CdpConnection, CdpError } from '../../src/host/session/cdpConnection';
import { CdpServer, result } from '../helpers/cdpServer';
import { waitFor } from '../helpers/waitFor';

const LONG = 10_000;
/** A time-out that a test waits for. */
const SHORT = 50;

/** What `assert.rejects` takes: an error of this kind, whose message matches. */
function cdpError(code: CdpError['code'], message = /./) {
  return (error: unknown) => error instanceof CdpError && error.code === code && message.test(error.message);
}

describe('CdpConnection', () => {
  let server: CdpServer;
  let connection: CdpConnection;

  beforeEach(async () => {
    server = await CdpServer.listen();
    connection = await CdpConnection.open({ ...server.address, path: '/a-session' }, LONG);
  });
  afterEach(async () => {
    connection.close();
    await server.close();
  });

  const evaluate = (expression: string, timeout = LONG) => connection.send('Runtime.evaluate', { expression }, timeout);

  it('opens the path it was given', () => assert.deepEqual(server.paths, ['/a-session']));

  it('sends a command with its parameters, and gives the answer', async () => {
    server.respond = (request) => result(request, { result: { type: 'number', value: 3 } });
    assert.deepEqual(await evaluate('1 + 2'), { result: { type: 'number', value: 3 } });
    assert.deepEqual(server.requests, [{ id: 1, method: 'Runtime.evaluate', params: { expression: '1 + 2' } }]);
  });

  it('gives each question its own answer, in whatever order they come', async () => {
    const first = evaluate('first');
    const second = evaluate('second');
    await waitFor('both questions', () => server.requests[1]);
    for (const request of [...server.requests].reverse()) server.send(result(request, { result: { type: 'string', value: request.params?.expression } }));
    assert.deepEqual((await Promise.all([first, second])).map((answer) => answer.result.value as unknown), ['first', 'second']);
  });

  it('rejects with the program’s error', async () => {
    server.respond = ({ id }) => JSON.stringify({ id, error: { code: -32000, message: 'Cannot find context' } });
    await assert.rejects(evaluate('x'), cdpError('refused', /^Cannot find context$/));
  });

  it('rejects when no answer comes in time, drops one that comes late, and works on', async () => {
    const [late] = await Promise.all([server.request('Runtime.evaluate'), assert.rejects(evaluate('slow', SHORT), cdpError('timeout', /Runtime\.evaluate within 0\.05 s/))]);
    server.send(result(late, { result: { type: 'string', value: 'late' } }));
    server.respond = (request) => result(request, { result: { type: 'string', value: 'next' } });
    assert.equal((await evaluate('next')).result.value, 'next');
  });

  for (const how of ['close', 'terminate'] as const) {
    it(`rejects what is under way when the other end breaks off (${how})`, async () => {
      let closed = 0;
      connection.onClose(() => closed++);
      const calls = [evaluate('a'), evaluate('b')].map((call) => assert.rejects(call, cdpError('closed')));
      await waitFor('both questions', () => server.requests[1]);
      server.drop(how);
      await Promise.all(calls);
      await assert.rejects(evaluate('after'), cdpError('closed'));
      assert.equal(closed, 1);
    });
  }

  it('can be closed any number of times', async () => {
    let closed = 0;
    connection.onClose(() => closed++);
    const call = assert.rejects(evaluate('x'), cdpError('closed'));
    connection.close();
    connection.close();
    await call;
    await assert.rejects(evaluate('after'), cdpError('closed'));
    await waitFor('the server to see it', () => (server.connections === 0 ? true : undefined));
    connection.close();
    assert.equal(closed, 1);
  });

  it('ignores messages that are none', async () => {
    const call = evaluate('x');
    const request = await server.request('Runtime.evaluate');
    const garbage = ['', ' ', '{', 'undefined', 'null', 'true', '17', '"text"', '[]', '[{"id":1}]', '{}', '{"id":null,"result":1}', '{"id":"1","result":1}', '{"id":2,"result":1}', '{"id":-1}', '{"method":"No.such"}', '{"method":{}}', '{"__proto__":{"id":1}}', '\u0000'];
    for (const message of garbage) server.send(message);
    server.send(Buffer.from([0xff, 0xfe, 0x00, 0x7b]));
    server.send(result(request, { result: { type: 'string', value: 'the answer' } }));
    assert.equal((await call).result.value, 'the answer');
  });

  it('leaves no timer behind once it has its answer', async () => {
    const timers = () => process.getActiveResourcesInfo().filter((resource) => resource === 'Timeout').length;
    server.respond = (request) => result(request, { result: { type: 'undefined' } });
    await evaluate('first');
    const before = timers();
    for (let call = 0; call < 20; call++) await evaluate('x');
    // Timers of earlier tests may end in between.
    assert.ok(timers() <= before, `${timers()} timers, ${before} before`);
  });

  it('takes a second answer to one question for none', async () => {
    server.respond = (request) => {
      server.send(result(request, { result: { type: 'string', value: 'first' } }));
      return result(request, { result: { type: 'string', value: 'second' } });
    };
    assert.equal((await evaluate('x')).result.value, 'first');
    assert.equal((await evaluate('y')).result.value, 'first');
  });

  it('tells every listener of its event, with the parameters', async () => {
    const heard: string[] = [];
    connection.on('Debugger.paused', ({ reason }) => heard.push(`one ${reason}`));
    connection.on('Debugger.paused', ({ reason }) => heard.push(`two ${reason}`));
    connection.on('Debugger.resumed', () => heard.push('resumed'));
    server.sendEvent('Debugger.paused', { reason: 'other', callFrames: [] });
    server.sendEvent('Debugger.scriptParsed', {});
    server.sendEvent('Debugger.resumed', {});
    await waitFor('the last event', () => heard[2]);
    assert.deepEqual(heard, ['one other', 'two other', 'resumed']);
  });

  it('breaks off a message that is larger than any of ours', async () => {
    const call = assert.rejects(evaluate('x'), cdpError('closed'));
    await server.request('Runtime.evaluate');
    server.send(Buffer.alloc(64 * 1024 * 1024 + 1, ' '));
    await call;
  });
});

describe('opening a CdpConnection', () => {
  it('rejects when nothing listens there', async () => {
    const server = await CdpServer.listen();
    const { address } = server;
    await server.close();
    await assert.rejects(CdpConnection.open(address, LONG), cdpError('closed', /could not be opened/));
  });

  it('rejects when what listens there is no debugger', async () => {
    const server = createServer((_request, response) => response.writeHead(404).end());
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    await assert.rejects(CdpConnection.open({ host: '127.0.0.1', port }, LONG), cdpError('closed', /could not be opened/));
    server.close();
  });
});
