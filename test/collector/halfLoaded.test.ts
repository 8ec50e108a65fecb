/** A program that is asked while Node loads a module of its own for it: V8 runs what a debugger asks between any two steps. */
import assert from 'node:assert/strict';
import type { CdpConnection } from '../../src/host/session/cdpConnection';
import { CollectorClient } from '../../src/host/session/collectorClient';
import { COLLECTOR_BUNDLE, startOptions } from '../helpers/collectorProbe';
import { watchHold } from '../helpers/heldProgram';
import { nodeVersions, Program } from '../helpers/program';

const TIMEOUT = 10_000;
/** For what is not to come. */
const WAIT = 500;
/** `node:perf_hooks` loads it, which the collector needs too. */
const NEEDED = 'node:internal/perf/usertiming';
/** Of no use to the collector, and so not loaded with it. */
const NOT_NEEDED = 'node:dgram';
/** A line of each that runs on each version. */
const LINE = 30;

async function untilHeldIn(module: string, program: Program, connection: CdpConnection): Promise<void> {
  const held = await watchHold(connection);
  await connection.send('Debugger.setBreakpointByUrl', { url: module, lineNumber: LINE }, TIMEOUT);
  program.tell('load');
  await held();
}

/** Lets it go on, and looks whether the program got a whole module. */
async function letGo(program: Program, connection: CdpConnection): Promise<void> {
  await connection.send('Debugger.disable', undefined, TIMEOUT);
  const { types } = await program.event<{ types: string[] }>('loaded');
  assert.deepEqual(types, ['function', 'function', 'function', 'function']);
}

for (const [major, node] of nodeVersions()) {
  describe(`a module of Node's that is half loaded on Node ${major}`, () => {
    let program: Program;
    let connection: CdpConnection;
    let client: CollectorClient;

    beforeEach(async () => {
      program = new Program(node, 'loadsLate.js');
      await program.event('ready');
      connection = await program.connect();
      await connection.send('Runtime.enable', undefined, TIMEOUT);
      client = new CollectorClient(connection, COLLECTOR_BUNDLE);
    });
    afterEach(() => program.kill());

    it('is left to Node to load, and the collector comes after it', async () => {
      await untilHeldIn(NEEDED, program, connection);
      await assert.rejects(client.inject(WAIT), { code: 'notReady' });
      await letGo(program, connection);

      const hello = await client.inject(TIMEOUT);
      await client.start(startOptions(hello, {}), TIMEOUT);
      assert.equal(program.complaints, '');
    });

    it('is left to Node to load, and a collector that is there starts after it', async () => {
      const hello = await client.inject(TIMEOUT);
      await untilHeldIn(NOT_NEEDED, program, connection);
      await assert.rejects(client.start(startOptions(hello, {}), WAIT), { code: 'notReady' });
      await letGo(program, connection);

      await client.start(startOptions(hello, {}), TIMEOUT);
      assert.equal(program.complaints, '');
    });
  });
}
