/** Services under load in which some requests hang: those and no others are pointed at. */
import assert from 'node:assert/strict';
import type { HandleGroup, HandleReading, HandleRequest, PendingMode } from '../../src/protocol/collector';
import { lineIn, PRELOADED, probe, readingWith, wholeReading } from '../helpers/collectorProbe';
import { HangingRequests, HttpLoad } from '../helpers/httpLoad';
import { nodeVersions, Program } from '../helpers/program';
import { waitFor } from '../helpers/waitFor';

interface Ready {
  readonly port: number;
  /** Lines of the awaits that never end. */
  readonly never: number;
  readonly pool: number;
}

/** Routes that do not answer: the first forgets to, the others wait in an await. */
const ROUTES = ['unended', 'never', 'pool'] as const;

/** Requests to each of them. */
const HANGING = 12;

/** In the extension it is a minute. */
const LONG = 1_500;

const REQUEST: Partial<HandleRequest> = { longWait: LONG, stuckAfter: LONG, readStacksAfter: 1_000 };

for (const [major, node] of nodeVersions()) {
  describe(`services on Node ${major}`, () => {
    for (const service of ['plain', 'express', 'fastify']) {
      for (const mode of ['sampled', 'all'] as const) {
        it(`points at the hanging requests of ${service} and at nothing else, promises ${mode}`, async () => {
          // Not the name of a file of the library's.
          const file = `${service}Service.js`;
          const program = new Program(node, `services/${file}`, { nodeArguments: PRELOADED });
          const hanging = new HangingRequests();
          let load: HttpLoad | undefined;
          try {
            const ready = await program.event<Ready>('ready');
            const { client } = await probe(program, { pendingMode: mode });
            load = new HttpLoad(ready.port, ['/', '/work', '/work?token=secret']);
            await waitUntilServed(load, 1_000);
            await readingWith('connections older than the threshold', client, hasOldConnections, REQUEST);
            const healthy = await wholeReading(client, REQUEST);
            assert.deepEqual(healthy.groups.filter(isProblem).map(describeGroup(file, healthy)), []);

            for (const route of ROUTES) {
              for (let id = 0; id < HANGING; id++) hanging.send(ready.port, `/${route}/${id}?token=secret`);
            }
            const first = await readingWith('the three routes to be stuck', client, areAllStuck, REQUEST);
            assertProblems(first, file, ready, mode);
            await waitUntilServed(load, load.completed + 500);
            const later = await wholeReading(client, REQUEST);
            assertProblems(later, file, ready, mode);
            assert(!JSON.stringify(later).includes('secret'), 'A query string was told.');
            await load.stop();
          } finally {
            hanging.drop();
            await program.kill();
            // What it was asking for when the service ended is of no interest.
            await load?.stop().catch(() => undefined);
          }
        });
      }
    }
  });
}

/** The hanging requests are the problems, first in the list, and there are no others. */
function assertProblems(reading: HandleReading, file: string, { never, pool }: Ready, mode: PendingMode): void {
  const problems = reading.groups.filter(isProblem);
  const stuck = problems.filter((group) => group.stuck);
  const texts = stuck.map(describeGroup(file, reading));

  const requests = ROUTES.map((route) => `${HANGING} HTTP request in, GET /${route}/:id, per_request`);
  const isRequest = (text: string) => text.includes('HTTP request in');
  assert.deepEqual(texts.filter(isRequest).sort(), [...requests].sort());

  const awaits = [`Await at ${file}:${never}, GET /never/:id, per_request`, `Await at ${file}:${pool}, GET /pool/:id, per_request`];
  const others = texts.filter((text) => !isRequest(text));
  if (mode === 'all') assert.deepEqual(others.sort(), awaits.map((text) => `${HANGING} ${text}`).sort());
  // A sample of the awaits of thousands of requests may have none of a few; the requests themselves are never missed.
  else for (const text of others) assert(awaits.some((part) => text.endsWith(part)), text);

  assert.deepEqual(reading.groups.slice(0, stuck.length), stuck);
  assert.equal(reading.summary.potentiallyStuck, stuck.reduce((sum, { count }) => sum + count, 0));
  // Of the connections that the hanging requests came by it is known only that nothing happens on them.
  const notStuck = new Set(problems.filter((group) => !group.stuck).map(({ label }) => label));
  assert.deepEqual([...notStuck], ['TCP socket']);
}

async function waitUntilServed(load: HttpLoad, count: number): Promise<void> {
  await waitFor(() => `${count} answers: there were ${load.completed}`, () => (load.completed >= count ? true : undefined));
}

/** Connections that the load has made have been there for longer than a request may wait. */
function hasOldConnections({ groups }: HandleReading): boolean {
  return groups.some(({ label, oldest }) => label === 'TCP socket' && oldest > LONG * 1.5);
}

/** What the panel lists as a problem. */
function isProblem({ stuck, longWaiting, category }: HandleGroup): boolean {
  return stuck || (longWaiting && category !== 'background');
}

/** All hanging requests have been there for long enough, and what waits in them too. */
function areAllStuck({ groups }: HandleReading): boolean {
  const waiting = groups.filter(({ label, stuck }) => label === 'HTTP request in' && stuck);
  return waiting.length === ROUTES.length && waiting.every(({ count, newest }) => count === HANGING && newest >= LONG + 100);
}

function describeGroup(file: string, { frames }: HandleReading): (group: HandleGroup) => string {
  return (group) => {
    const line = group.kind === 'pending' ? ` at ${lineIn(file, frames, group) || 'no line of the service'}` : '';
    return [`${group.count} ${group.label}${line}`, ...group.routes.map(({ route }) => route), group.category].join(', ');
  };
}
