/** The collector measures what it costs and keeps to its budget, also in a program that makes it dear. */
import assert from 'node:assert/strict';
import type { CollectorClient } from '../../src/host/session/collectorClient';
import type { RuntimeSample } from '../../src/protocol/collector';
import { probe } from '../helpers/collectorProbe';
import { nodeVersions, Program } from '../helpers/program';
import { TextTable } from '../helpers/textTable';
import { waitFor } from '../helpers/waitFor';

const BUDGET = 3;
/** As often as the extension asks by default: each question costs, too. */
const EVERY = 1_000;

const table = new TextTable(`budget of ${BUDGET}%`);

after(() => table.print());

async function sampleWith(what: string, client: CollectorClient, isWanted: (sample: RuntimeSample) => boolean): Promise<RuntimeSample> {
  let last: RuntimeSample | undefined;
  return waitFor(
    () => `${what}; last ${last?.overheadPercent?.toFixed(2) ?? '?'}% at step ${last?.limits.step ?? '?'}`,
    async () => {
      ({ sample: last } = await client.collect({}, 10_000));
      return isWanted(last) ? last : undefined;
    },
    90_000,
    EVERY,
  );
}

for (const [major, node] of nodeVersions()) {
  describe(`the overhead budget on Node ${major}`, () => {
    it('is kept by taking fewer stacks while a program makes too many resources, and no longer', async () => {
      const program = new Program(node, 'manyResourceTypes.js');
      try {
        await program.event('ready');
        const { client } = await probe(program, { overheadBudgetPercent: BUDGET });
        program.tell('load');
        const over = await sampleWith('the cost to exceed the budget', client, ({ overheadPercent }) => (overheadPercent ?? 0) > BUDGET);
        const limited = await sampleWith('a step down', client, ({ limits }) => limits.step > 0);
        assert.match(limited.limits.reason, /^Bifrost cost more than its budget: for a while it takes 1 in \d+ of the stacks/);
        const kept = await sampleWith('the cost to come into the budget', client, ({ overheadPercent }) => (overheadPercent ?? Infinity) <= BUDGET);
        assert(kept.limits.step > 0);
        program.tell('rest');
        const again = await sampleWith('all stacks to be taken again', client, ({ limits }) => limits.step === 0);
        assert.equal(again.limits.reason, '');
        table.set('cost without a limit', major, `${(over.overheadPercent ?? NaN).toFixed(1)}%`);
        table.set('cost within the budget', major, `${(kept.overheadPercent ?? NaN).toFixed(1)}% at step ${kept.limits.step}`);
        table.set('cost at rest', major, `${(again.overheadPercent ?? NaN).toFixed(2)}%`);
        assert.equal(program.complaints, '');
      } finally {
        await program.kill();
      }
    }).timeout(300_000);
  });
}
