/**
 * 20,000 damaged or hostile answers of a browser, through the source of a page and all of the host that has no window. A seed
 * that fails is in the test's title.
 */
import assert from 'node:assert/strict';
import { after, afterEach, beforeEach, describe, it } from 'mocha';
import { profileReport } from '../../src/host/export/reports';
import { CdpConnection } from '../../src/host/session/cdpConnection';
import { FileSourceMaps } from '../../src/host/session/fileSourceMaps';
import { openSource } from '../../src/host/session/openSource';
import { SourceError, type ProfileSource } from '../../src/host/session/profileSource';
import { ProfileStore } from '../../src/host/session/profileStore';
import { areNumbers, isCallTree } from '../../src/host/session/profileSchema';
import { frameOrigin } from '../../src/model/frameOrigin';
import type { Collected } from '../../src/protocol/collector';
import { breakReply } from '../helpers/brokenReplies';
import { CdpServer, type Respond } from '../helpers/cdpServer';
import { RECORDED, recordedPage } from '../helpers/pageReplies';
import { SeededRandom } from '../helpers/seededRandom';
import { SETTINGS } from '../helpers/settings';

const SEEDS = 40;
const PER_SEED = 500;
const TIMEOUT = 8_000;
const BROKEN = ['Performance.getMetrics', 'HeapProfiler.getSamplingProfile', 'Profiler.stop'] as const;
const log = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };

/** The answer that a real browser gave last, as text. */
function recorded(method: string): string {
  const answer = RECORDED.page.filter((one) => one.method === method).at(-1);
  assert.ok(answer?.result, `${method} was not recorded`);
  return JSON.stringify(answer.result);
}

describe('20,000 broken answers of a browser', () => {
  let server: CdpServer;
  let connection: CdpConnection;
  let source: ProfileSource;
  /** As it was recorded. */
  let page: Respond;
  let refused = 0;
  let shown = 0;

  beforeEach(async () => {
    page = recordedPage();
    server = await CdpServer.listen(page);
    connection = await CdpConnection.open(server.address, TIMEOUT);
    source = await openSource({
      connection,
      target: { id: 'page', name: 'Page', requestCdpProxy: () => Promise.resolve(server.address), mapLocation: () => Promise.resolve(undefined), mayBePage: true },
      environment: { collectorBundle: '', addonPackage: '', sourceMaps: new FileSourceMaps(), settings: () => SETTINGS, isTrusted: () => true, log },
      events: { onPaused: () => undefined, onResumed: () => undefined, onContextGone: () => undefined, onLoaded: () => undefined },
      before: null,
    });
    await source.begin();
  });
  afterEach(async () => {
    connection.close();
    await server.close();
  });
  after(() => process.stdout.write(`  ${refused + shown} broken answers: ${refused} refused, ${shown} shown\n`));

  for (let seed = 1; seed <= SEEDS; seed++) {
    it(`are refused or shown, and break nothing (seed ${seed})`, async () => {
      const random = new SeededRandom(seed);
      const store = new ProfileStore({ capacity: 20, interval: 1_000 }, ({ functionName, url, line, column }) => ({ functionName, file: url, line, column, origin: frameOrigin(url) }));
      store.setBaseline((await source.collect({}, TIMEOUT)).sample);
      let shownHere = 0;
      for (let round = 0; round < PER_SEED; ) {
        const method = random.pick(BROKEN);
        const text = breakReply(recorded(method), random);
        server.respond = (request) => (request.method === method ? `{"id":${request.id},"result":${text}}` : page(request));
        if (!isJson(text)) continue;
        round++;
        try {
          if (method === 'Profiler.stop') await takeCpuProfile(source);
          else show(store, await source.collect({ allocations: { sites: 100, force: true } }, TIMEOUT));
          shown++;
          shownHere++;
        } catch (error) {
          assert.ok(error instanceof SourceError, `${error instanceof Error ? (error.stack ?? error.message) : String(error)} for ${text.slice(0, 5_000)}`);
          assert.ok(error.message.length < 1_000, `${error.message.length} characters`);
          refused++;
        }
      }
      assert.equal(Object.getOwnPropertyNames(Object.prototype).includes('polluted'), false);
      assert.ok(shownHere > 5 && shownHere < PER_SEED, `${shownHere} of ${PER_SEED} were shown`);
    });
  }
});

/** What is no JSON is dropped by the connection, and would be waited for. */
function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

async function takeCpuProfile(source: ProfileSource): Promise<void> {
  await source.startCpuProfile({ interval: 1_000, longest: 10_000 }, TIMEOUT);
  const profile = await source.stopCpuProfile([], TIMEOUT);
  assert.ok(isCallTree(profile) && areNumbers(profile.hits, profile.parents.length));
}

function show(store: ProfileStore, { sample, allocations }: Collected): void {
  store.addSample(sample, Date.now());
  if (allocations) store.setAllocations(allocations, sample, Date.now());
  const { total, rows } = store.allocations.view({ grouping: 'functions', measure: 'inUse', expanded: [], limit: 50, filter: '' });
  assert.ok(total === null || (Number.isFinite(total.bytes) && Number.isFinite(total.count)), 'a sum is no number');
  assert.ok(rows.every(({ self }) => Number.isFinite(self.bytes) && Number.isFinite(self.count)));
  const { memory, cpu, runtime } = profileReport({ id: 'page', name: 'Page', state: 'live', pid: null, nodeVersion: null }, store, 50);
  for (const figure of [memory.alloc, memory.heap_inuse, cpu.usage_percent, runtime.loop_utilization]) assert.ok(figure === null || Number.isFinite(figure), 'a figure is no number');
  structuredClone([store.current, store.history]);
}
