/**
 * 100,000 damaged or hostile answers of a collector, through all of the host that has no window: the client, the store, the
 * rows of every view, reports, and files that are read again. A seed that fails is in the test's title.
 */
import assert from 'node:assert/strict';
import { after, afterEach, beforeEach, describe, it } from 'mocha';
import { profileReport, handlesReport } from '../../src/host/export/reports';
import { readBifrostFile, writeBifrostFile } from '../../src/host/export/formats/bifrostFile';
import { CdpConnection } from '../../src/host/session/cdpConnection';
import { CollectorClient } from '../../src/host/session/collectorClient';
import { SourceError } from '../../src/host/session/profileSource';
import { ProfileStore } from '../../src/host/session/profileStore';
import { frameOrigin } from '../../src/model/frameOrigin';
import type { AllocationQuery } from '../../src/protocol/allocations';
import type { Collected } from '../../src/protocol/collector';
import type { SessionInfo } from '../../src/protocol/reports';
import { SAVED_FORMAT, SAVED_VERSION, type SavedProfile } from '../../src/protocol/savedProfile';
import { breakReply } from '../helpers/brokenReplies';
import { CdpServer, evaluated } from '../helpers/cdpServer';
import { COLLECTED, HELLO, SAMPLE, ok } from '../helpers/collectorReplies';
import { SeededRandom } from '../helpers/seededRandom';

const SEEDS = 100;
const PER_SEED = 1_000;
const TIMEOUT = 8_000;
const SESSION: SessionInfo = { id: 'app', name: 'Shop', state: 'live', pid: HELLO.pid, nodeVersion: HELLO.nodeVersion };
const GROUPINGS: readonly AllocationQuery['grouping'][] = ['sites', 'functions', 'files', 'packages', 'callTree'];
const MEASURES: readonly AllocationQuery['measure'][] = ['inUse', 'allocated', 'growth', 'allocatedSince', 'interval'];

describe('100,000 broken answers of a program', () => {
  let server: CdpServer;
  let connection: CdpConnection;
  let client: CollectorClient;
  let refused = 0;
  let shown = 0;

  beforeEach(async () => {
    server = await CdpServer.listen();
    connection = await CdpConnection.open(server.address, TIMEOUT);
    client = new CollectorClient(connection, 'x');
  });
  afterEach(async () => {
    connection.close();
    await server.close();
  });
  after(() => process.stdout.write(`  ${refused + shown} broken answers: ${refused} refused, ${shown} shown\n`));

  for (let seed = 1; seed <= SEEDS; seed++) {
    it(`are refused or shown, and break nothing (seed ${seed})`, async () => {
      const random = new SeededRandom(seed);
      let store = newStore();
      let shownHere = 0;
      for (let round = 0; round < PER_SEED; round++) {
        const text = breakReply(ok(COLLECTED), random);
        server.respond = (request) => evaluated(request, text);
        let collected: Collected;
        try {
          collected = await client.collect({}, TIMEOUT);
        } catch (error) {
          assert.ok(error instanceof SourceError, `${String(error)} for ${text.slice(0, 5_000)}`);
          assert.ok(error.message.length < 1_000, `${error.message.length} characters`);
          refused++;
          continue;
        }
        // A store lives on from answer to answer: what one leaves there must not break on the next.
        if (random.chance(0.05)) store = newStore();
        try {
          show(store, collected, random);
        } catch (error) {
          assert.fail(`${error instanceof Error ? error.stack : String(error)}\nfor ${text.slice(0, 5_000)}`);
        }
        shown++;
        shownHere++;
      }
      assert.equal(Object.getOwnPropertyNames(Object.prototype).includes('polluted'), false);
      // If all or none were refused, the answers would be broken too much or not at all.
      assert.ok(shownHere > 5 && shownHere < PER_SEED / 2, `${shownHere} of ${PER_SEED} were shown`);
    });
  }
});

function newStore(): ProfileStore {
  const store = new ProfileStore({ capacity: 20, interval: 1_000 }, ({ functionName, url, line, column }) => ({ functionName, file: url, line, column, origin: frameOrigin(url) }));
  store.setBaseline(SAMPLE);
  return store;
}

/** Takes an answer in, and draws everything from it that is drawn of a program. */
function show(store: ProfileStore, { sample, allocations, handles }: Collected, random: SeededRandom): void {
  store.addSample(sample, Date.now());
  if (allocations) store.setAllocations(allocations, sample, Date.now());
  if (handles) store.setHandles(handles);
  if (random.chance(0.1)) store.setMark(Date.now());
  if (random.chance(0.1)) store.selectInterval({ from: 0, to: Date.now() });
  const view = store.allocations.view({ grouping: random.pick(GROUPINGS), measure: random.pick(MEASURES), expanded: [], limit: random.integer(1, 50), filter: random.pick(['', 'a']) });
  assert.ok(view.rows.every(({ id }) => id !== ''));
  // What crosses to the page and to scripts is plain data.
  structuredClone([view, store.handles, store.current, store.history, store.bands, store.happenings]);
  JSON.stringify(profileReport(SESSION, store, 50));
  if (store.handles) JSON.stringify(handlesReport(SESSION, store, undefined));
  if (random.chance(0.02)) assertReadable(store);
}

/** What was taken in can be saved, and opens again. */
function assertReadable(store: ProfileStore): void {
  assert.ok(store.current);
  const saved: SavedProfile = {
    format: SAVED_FORMAT,
    version: SAVED_VERSION,
    savedAt: new Date().toISOString(),
    program: { name: SESSION.name, pid: SESSION.pid, nodeVersion: SESSION.nodeVersion },
    sampler: store.allocations.run,
    allocations: store.allocations.profile(),
    allocationsReadAt: new Date(store.allocations.readAt ?? 0).toISOString(),
    external: store.allocations.external,
    current: store.current,
    history: store.history,
    bands: store.bands,
    events: store.happenings,
    handles: store.handles,
    missing: {},
  };
  const read = readBifrostFile(writeBifrostFile(saved));
  assert.ok(read.ok, read.ok ? '' : read.message);
}
