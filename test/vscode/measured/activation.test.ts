/** How long the extension takes to be activated, its code loaded with it, by what the extension host itself writes down. */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { keepFigures } from '../../helpers/measured';
import { waitFor } from '../../helpers/waitFor';
import { beginNextRound, earlier, isLastRound, type Activation } from './rounds';

const ID = 'bifrost.bifrost-profiler';

/** A turn of the event loop this late is one in which something else was done. */
const BUSY_MS = 10;
const QUIET_TURNS = 20;

declare global {
  /** VS Code's own, which "Developer: Show Running Extensions" is made of too. Whole milliseconds since 1970. */
  var MonacoPerformanceMarks: { getMarks(): readonly { readonly name: string; readonly startTime: number }[] } | undefined;
}

describe(`activation, round ${earlier.length + 1}`, () => {
  let activation: Activation;

  it('takes a moment, its code loaded with it', async () => {
    const extension = vscode.extensions.getExtension(ID);
    assert(extension);
    assert.equal(extension.isActive, false, 'something has activated it before');
    await quietLoop();
    await extension.activate();
    const at = (name: string) => {
      const mark = globalThis.MonacoPerformanceMarks?.getMarks().find((candidate) => candidate.name === `code/extHost/${name}/${ID}`);
      assert(mark, `the extension host has not marked ${name}`);
      return mark.startTime;
    };
    activation = { loading: at('didLoadExtensionCode') - at('willLoadExtensionCode'), call: at('didActivateExtension') - at('willActivateExtension') };
    assert(activation.loading >= 0 && activation.call >= 0);
  });

  after(async () => {
    if (!isLastRound) await beginNextRound(activation);
    const all = [...earlier, activation];
    await keepFigures('activation', [
      { subject: 'activation', figure: 'code loaded and activated', unit: 'ms', samples: all.map(({ loading, call }) => loading + call), limit: 50 },
      { subject: 'activation', figure: 'code loaded', unit: 'ms', samples: all.map(({ loading }) => loading), limit: null },
      { subject: 'activation', figure: 'activated', unit: 'ms', samples: all.map(({ call }) => call), limit: null },
    ]);
  });
});

/** Waits until the other extensions of a window that was just opened are through with their own start. */
async function quietLoop(): Promise<void> {
  let quiet = 0;
  await waitFor('the extension host to be idle', async () => {
    const begin = performance.now();
    await new Promise((resolve) => setTimeout(resolve, 5));
    quiet = performance.now() - begin < 5 + BUSY_MS ? quiet + 1 : 0;
    return quiet >= QUIET_TURNS ? true : undefined;
  }, 30_000);
}
