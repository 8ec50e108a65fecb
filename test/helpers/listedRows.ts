/** The panel's list that is on show, and the call tree with each of its rows open. */
import { panel } from './driver';
import { waitFor } from './waitFor';

/** How many rows the list on show has, drawn or not. */
export async function listedRows(): Promise<number> {
  return Number(await panel.evaluate(`document.querySelector('.tab-content .grid')?.getAttribute('aria-rowcount') ?? 0`));
}

/** Waits until the list on show has so many rows. */
export async function listHas(least: number): Promise<void> {
  await waitFor(`${least} rows`, async () => ((await listedRows()) >= least ? true : undefined));
}

/** Shows the call tree of the allocations, with at least so many rows open. */
export async function openCallTree(least: number): Promise<void> {
  await panel.evaluate('scrollTo(0, 0)');
  await panel.showTab('allocations');
  await panel.click({ selector: '[data-test="choice"][data-choice="callTree"]' });
  await panel.click({ selector: '.allocation-tools .button', text: 'Expand all' });
  await listHas(least);
}

export async function closeCallTree(): Promise<void> {
  await panel.click({ selector: '.allocation-tools .button', text: 'Collapse all' });
}
