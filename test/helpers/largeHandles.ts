/** As many groups of handles as a large program has, always the same. */
import type { HandleRow } from '../../src/protocol/profile';
import { frame, handleRow } from './handleRows';
import { SeededRandom } from './seededRandom';

export const GROUPS = 10_000;
const FRAMES = 10;

export function largeHandles(groups = GROUPS): HandleRow[] {
  const random = new SeededRandom(1);
  return Array.from({ length: groups }, (_, index) => {
    const count = random.integer(1, 50);
    const age = (groups - index) * 1_000;
    return handleRow({
      id: `group${index}`,
      count,
      label: random.pick(['TCP socket', 'Timer', 'HTTP request in', 'File handle']),
      state: 'open',
      oldest: age,
      median: age,
      newest: age,
      longestWait: age,
      ages: [0, 0, count, 0, 0, 0],
      keepsAlive: count,
      stack: Array.from({ length: FRAMES }, (__, depth) => frame(`function${index}_${depth}`, `/app/src/file${index % 400}.js`)),
    });
  });
}
