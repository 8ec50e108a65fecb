/**
 * Every situation on every Node.js version: with Bifrost a program says and ends as without, and Bifrost shows what is known of
 * it. The table of all is printed at the end.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { LookAhead } from '../helpers/lookAhead';
import { nodeVersions, ROOT } from '../helpers/program';
import { isOn, runSituation, type Situation } from '../helpers/situation';
import { TextTable } from '../helpers/textTable';
import { BUSY } from './busy';
import { ENDINGS } from './endings';
import { FLAGS } from './flags';
import { OVERFLOWS } from './overflows';
import { PATCHES } from './patches';
import { STARTS } from './starts';
import { TOOLS } from './tools';

/** Programs that run at once: the tests' machine has two processors, and a program mostly waits for the debugger. */
const AT_ONCE = 3;

const THEMES: readonly (readonly [theme: string, situations: readonly Situation[]])[] = [
  ['a program that is busy', BUSY],
  ['the end of the stack', OVERFLOWS],
  ['what a program changes', PATCHES],
  ['what a program uses', TOOLS],
  ['what Node.js is told', FLAGS],
  ['how a program starts', STARTS],
  ['how a program ends', ENDINGS],
];

interface Cell {
  readonly situation: Situation;
  readonly major: string;
  readonly node: string;
}

describe('situations', () => {
  const bundle = readFileSync(path.join(ROOT, 'dist', 'collector.js'), 'utf8');
  const table = new TextTable('situation');
  const cells: Cell[] = THEMES.flatMap(([, situations]) =>
    situations.flatMap((situation) => nodeVersions().map(([major, node]) => ({ situation, major, node }))),
  );
  const existing = cells.filter(({ situation, major }) => isOn(situation, Number(major)));
  const runs = new LookAhead(existing, AT_ONCE, ({ situation, node }) => runSituation(situation, node, bundle));

  for (const [theme, situations] of THEMES) {
    describe(theme, () => {
      for (const cell of existing.filter(({ situation }) => situations.includes(situation))) {
        it(`${cell.situation.name} on Node ${cell.major}`, async () => {
          for (const [major] of nodeVersions()) if (!isOn(cell.situation, Number(major))) table.set(cell.situation.name, `Node ${major}`, '(not there)');
          table.set(cell.situation.name, `Node ${cell.major}`, 'FAILED');
          await runs.result(cell);
          table.set(cell.situation.name, `Node ${cell.major}`, 'same');
        });
      }
    });
  }
  after(async () => {
    await runs.settled();
    table.print();
  });
});
