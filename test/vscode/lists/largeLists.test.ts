/** 10,000 groups and a call tree of 50,000 rows in the panel: a few of them are drawn. How long frames take is measured in `scrolling`. */
import assert from 'node:assert/strict';
import { debugProfiled, evaluate, stopDebugging } from '../../helpers/debugging';
import { panel, screenshot } from '../../helpers/driver';
import { scrolledFrames } from '../../helpers/frames';
import { GROUPS, largeHandles } from '../../helpers/largeHandles';
import { largeProfile } from '../../helpers/largeProfile';
import { closeCallTree, listedRows, listHas, openCallTree } from '../../helpers/listedRows';
import { openProfile } from '../../helpers/openProfile';

const ROWS = '.tab-content [data-test="row"]';

describe('large lists in the panel', () => {
  const scroll = async () => {
    const { intervals } = await scrolledFrames(1_000, 60);
    assert(intervals.length > 10, `${intervals.length} frames`);
  };
  const drawn = async () => Number(await panel.evaluate(`document.querySelectorAll('${ROWS}').length`));

  before(async () => {
    await openProfile('large', largeProfile(), largeHandles());
    await panel.waitFor({ selector: '[data-test="state"][data-state="saved"]', timeoutMs: 30_000 });
  });
  after(stopDebugging);

  it('scroll through 10,000 groups with a few of them drawn', async () => {
    await panel.showTab('handles');
    await panel.waitFor({ selector: ROWS });
    assert.equal(await listedRows(), GROUPS);
    await scroll();
    const rows = await drawn();
    assert(rows > 0 && rows < 150, `${rows} rows are drawn`);
    await screenshot('lists-large-handles');
  });

  it('scroll through all rows of a call tree that is open', async () => {
    await openCallTree(50_000);
    await scroll();
    const rows = await drawn();
    assert(rows > 0 && rows < 200, `${rows} rows are drawn`);
    await screenshot('lists-large-tree');
    await closeCallTree();
  });

  it('scroll while a program is read every second', async () => {
    await debugProfiled('program.js');
    await evaluate('open(1000)');
    await panel.showTab('handles');
    await listHas(400);
    await scroll();
  });
});
