/** How long the frames of the panel take while 10,000 groups and 50,000 nodes are scrolled through, and while a program is read. */
import assert from 'node:assert/strict';
import { bifrost, debugProfiled, evaluate, stopDebugging } from '../../helpers/debugging';
import { panel } from '../../helpers/driver';
import type { MeasuredFigure } from '../../helpers/driverProtocol';
import { frameFigures, plainFrames, scrolledFrames, type Frames } from '../../helpers/frames';
import { largeHandles } from '../../helpers/largeHandles';
import { largeProfile } from '../../helpers/largeProfile';
import { closeCallTree, listHas, openCallTree } from '../../helpers/listedRows';
import { keepFigures } from '../../helpers/measured';
import { openProfile } from '../../helpers/openProfile';

const ROUNDS = 5;
const SCROLLED_MS = 4_000;
const PIXELS = 60;

/** Has the handles read every second, as the panel's list does, while something else is on show. */
async function whileRead<T>(work: () => Promise<T>): Promise<T> {
  const { getHandles } = await bifrost();
  const readings: Promise<unknown>[] = [];
  const timer = setInterval(() => readings.push(getHandles()), 1_000);
  const result = await work().finally(() => clearInterval(timer));
  await Promise.all(readings);
  return result;
}

describe('the panel’s lists', () => {
  const figures: MeasuredFigure[] = [];

  const measure = async (subject: string, frames: () => Promise<Frames>, isOurs: boolean) => {
    const rounds: Frames[] = [];
    for (let round = 0; round < ROUNDS; round++) rounds.push(await frames());
    for (const { intervals } of rounds) assert(intervals.length > 10, `${intervals.length} frames`);
    figures.push(...frameFigures(subject, rounds, isOurs));
  };
  const measureList = (subject: string) => measure(subject, () => scrolledFrames(SCROLLED_MS, PIXELS), true);
  /** What the machine takes for a frame, measured before each list: in one minute it is another than in the next. */
  const measurePlain = (subject: string) => measure(subject, () => plainFrames(SCROLLED_MS, PIXELS), false);

  before(async () => {
    await openProfile('large', largeProfile(), largeHandles());
    await panel.waitFor({ selector: '[data-test="state"][data-state="saved"]', timeoutMs: 30_000 });
  });
  after(async () => {
    await keepFigures('frames', figures);
    await stopDebugging();
  });

  it('scroll through 10,000 groups', async () => {
    await measurePlain('plain lines, before 10,000 groups');
    await panel.showTab('handles');
    await listHas(10_000);
    await measureList('10,000 groups');
  });

  it('scroll through 50,000 nodes', async () => {
    await measurePlain('plain lines, before 50,000 nodes');
    await openCallTree(50_000);
    await measureList('50,000 nodes');
    await closeCallTree();
  });

  it('scroll while a program is read every second', async () => {
    await debugProfiled('program.js');
    await evaluate('open(1000)');
    await whileRead(() => measurePlain('plain lines, while a program’s handles are read every second'));
    await panel.showTab('handles');
    await listHas(400);
    await measureList('a live program, read every second');
  });
});
