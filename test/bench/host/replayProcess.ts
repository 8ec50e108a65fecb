/** Plays programs that answer the extension what a real one has answered: started by hostTicks, so that its CPU is its own. */
import type { Collected, CollectRequest } from '../../../src/protocol/collector';
import { CdpServer, evaluated } from '../../helpers/cdpServer';
import { commandOf, goodProgram, ok } from '../../helpers/collectorReplies';

/** What a real collector has answered to a request without lists, and to one with them. */
export interface Recorded {
  readonly sample: Collected;
  readonly lists: Collected;
}

export type ReplayMessage = { readonly port: number } | { readonly ticks: number };

const tell = (message: ReplayMessage) => void process.send?.(message);
let ticks = 0;

async function play({ sample, lists }: Recorded): Promise<void> {
  const answers = { sample: ok(sample), lists: ok(lists) };
  const server = await CdpServer.listen((request) => {
    // Kept for assertions, which nobody makes here.
    server.requests.length = 0;
    const command = request.method === 'Runtime.evaluate' ? commandOf(request) : null;
    if (command?.command !== 'collect') return goodProgram(request);
    ticks++;
    return evaluated(request, (command.request as CollectRequest).handles ? answers.lists : answers.sample);
  });
  tell({ port: server.address.port });
}

process.on('message', (message: Recorded | 'ticks') => {
  if (message === 'ticks') tell({ ticks });
  else void play(message);
});
process.on('disconnect', () => process.exit());
