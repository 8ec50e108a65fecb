/** Replies and events that no program or debugger of good will sends: each is refused, none is thrown on. */
import assert from 'node:assert/strict';
import { createServer, type AddressInfo } from 'node:net';
import { CdpConnection, CdpError } from '../../src/host/session/cdpConnection';
import { CollectorClient } from '../../src/host/session/collectorClient';
import { SourceError } from '../../src/host/session/profileSource';
import { watchProgram } from '../../src/host/session/programWatch';
import { CdpServer, evaluated, result } from '../helpers/cdpServer';
import { ALLOCATIONS, goodProgram, ok, PROFILE, SAMPLE } from '../helpers/collectorReplies';

const TIMEOUT = 8_000;

describe('a program or a debugger that sends nonsense', () => {
  let server: CdpServer;
  let connection: CdpConnection;
  let client: CollectorClient;
  beforeEach(async () => {
    server = await CdpServer.listen(goodProgram);
    connection = await CdpConnection.open(server.address, TIMEOUT);
    client = new CollectorClient(connection, 'x');
  });
  afterEach(async () => {
    connection.close();
    await server.close();
  });

  it('refuses a large list of nonsense without keeping a complaint about each item', async () => {
    server.respond = (request) => evaluated(request, ok({ sample: SAMPLE, allocations: { ...ALLOCATIONS, profile: { ...PROFILE, frames: new Array(1_000_000).fill(0) } } }));
    const before = process.memoryUsage().heapUsed;
    let most = 0;
    await assert.rejects(client.collect({}, TIMEOUT), (error) => {
      most = process.memoryUsage().heapUsed - before;
      return error instanceof SourceError;
    });
    assert.ok(most < 250e6, `${Math.round(most / 1e6)} MB for a reply of 2 MB`);
  });
  for (const answer of [undefined, null, 5, {}, { result: null }, { exceptionDetails: {} }, { result: {}, exceptionDetails: { exception: { description: 5 } } }]) {
    it(`takes ${JSON.stringify(answer)} for garbage`, async () => {
      server.respond = (request) => result(request, answer);
      await assert.rejects(client.collect({}, TIMEOUT), (error) => error instanceof SourceError);
      await assert.rejects(client.inject(TIMEOUT), (error) => error instanceof SourceError);
    });
  }
  it('bears an error whose message is no text', async () => {
    server.respond = ({ id }) => JSON.stringify({ id, error: { message: { toString: 1 } } });
    await assert.rejects(client.collect({}, TIMEOUT), (error) => error instanceof CdpError && error.code === 'refused');
  });
  it('bears events without parameters', async () => {
    await watchProgram(connection, { onPaused: () => undefined, onResumed: () => undefined, onContextGone: () => undefined, onLoaded: () => undefined }, TIMEOUT);
    for (const params of [undefined, null, {}, { context: null }]) {
      server.sendEvent('Runtime.executionContextCreated', params);
      server.sendEvent('Runtime.executionContextDestroyed', params);
    }
    await connection.send('Debugger.enable', {}, TIMEOUT);
  });
  it('says timeout when what listens there never answers', async () => {
    const mute = createServer(() => undefined);
    await new Promise<void>((resolve) => mute.listen(0, '127.0.0.1', resolve));
    const { port } = mute.address() as AddressInfo;
    try {
      await assert.rejects(CdpConnection.open({ host: '127.0.0.1', port }, 50), (error) => error instanceof CdpError && error.code === 'timeout');
    } finally {
      mute.close();
    }
  });
  it('says in short what is wrong with a reply', async () => {
    server.respond = (request) => evaluated(request, ok({ sample: { ...SAMPLE, clock: 'x'.repeat(1_000_000) } }));
    await assert.rejects(client.collect({}, TIMEOUT), (error) => {
      assert.ok(error instanceof SourceError);
      assert.ok(error.message.length < 1000, `${error.message.length} characters`);
      return true;
    });
  });
});
