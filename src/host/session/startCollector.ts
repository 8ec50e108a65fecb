import type { Hello } from '../../protocol/collector';
import type { Milliseconds } from '../../protocol/units';
import type { CollectorClient } from './collectorClient';
import { heapAddonPath } from './heapAddon';
import type { SessionEnvironment } from './sessionEnvironment';

/** How long the program may take to answer the first calls. */
const START_TIMEOUT: Milliseconds = 10_000;
/** Nobody called the collector for this long: it switches itself off. Above any interval that can be set. */
const IDLE_LIMIT: Milliseconds = 180_000;

/**
 * Has the collector work in a program: the one that is there already, with all that it tracks (`alreadyInjected`), or a
 * new one. @throws CdpError or CollectorError.
 */
export async function startCollector(client: CollectorClient, name: string, { addonPackage, settings, log }: SessionEnvironment): Promise<Hello> {
  const hello = await client.inject(START_TIMEOUT);
  const { allocations, handles, samplingIntervalBytes, cumulative, pendingMode, overheadBudgetPercent } = settings();
  const started = await client.start(
    {
      heapAddonPath: heapAddonPath(addonPackage, hello),
      allocations,
      handles,
      samplingIntervalBytes,
      cumulative,
      pendingMode,
      overheadBudgetPercent,
      idleLimit: IDLE_LIMIT,
    },
    START_TIMEOUT,
  );
  // One that was at work goes on as it was started.
  if (hello.alreadyInjected) await client.setPendingMode(pendingMode, START_TIMEOUT);
  log.info(`${name}: collector ${hello.alreadyInjected ? 'found' : 'started'} in process ${hello.pid}, Node ${hello.nodeVersion}: ${JSON.stringify(started)}`);
  return hello;
}
