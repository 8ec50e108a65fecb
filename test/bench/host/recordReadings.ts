import { listsRequest } from '../../../src/host/session/readingRequest';
import { probe } from '../../helpers/collectorProbe';
import { Program } from '../../helpers/program';
import { SETTINGS } from '../../helpers/settings';
import { LoadGenerator } from '../load/loadGenerator';
import type { Recorded } from './replayProcess';

const LOADED_MS = 1_000;

/** What the collector answers in a Fastify service that has been under load. */
export async function recordReadings(node: string): Promise<Recorded> {
  const program = new Program(node, 'workloads/fastify.js');
  const load = new LoadGenerator();
  try {
    const { port } = await program.event<{ port: number }>('ready');
    const { client } = await probe(program);
    await load.run(port, LOADED_MS);
    const lists = await client.collect(listsRequest(SETTINGS, [], 'whole'), 20_000);
    return { lists, sample: await client.collect({}, 20_000) };
  } finally {
    load.close();
    await program.kill();
  }
}
