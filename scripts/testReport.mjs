/** Prints tests as they end and counts them. */

/**
 * @typedef {object} TestRecord what is told of one test, by a child process or by an extension host
 * @property {string} title with those of its suites
 * @property {'passed' | 'failed' | 'skipped'} state
 * @property {number} durationMs
 * @property {string} [error] text and stack
 */

const MARKS = { passed: 'ok  ', failed: 'FAIL', skipped: 'skip' };

export class TestReport {
  #counts = { passed: 0, failed: 0, skipped: 0 };
  /** @type {string[]} */
  #failures = [];
  #part = 'outside all parts';
  #ranInPart = 0;
  /** @type {(text: string) => string} */
  #readable = (text) => text;

  get total() {
    return this.#counts.passed + this.#counts.failed;
  }

  /** Shows paths in errors as those below another folder: tests run in a copy of the checkout that is soon gone. */
  showPathsAs(/** @type {string} */ from, /** @type {string} */ to) {
    this.#readable = (text) => text.replaceAll(from, to);
  }

  /** Tests that ran since the part began. */
  get ranInPart() {
    return this.#ranInPart;
  }

  /** @param {string} title */
  beginPart(title) {
    this.#ranInPart = 0;
    this.#part = title;
    console.log(`\n== ${title}`);
  }

  /** @param {TestRecord} record */
  add({ title, state, durationMs, error }) {
    this.#counts[state]++;
    if (state !== 'skipped') this.#ranInPart++;
    console.log(`  ${MARKS[state]} ${title} (${durationMs.toFixed(0)} ms)`);
    if (state !== 'failed') return;
    console.log(indent(this.#readable(error ?? ''), 7));
    this.#failures.push(`${this.#part}: ${title}`);
  }

  /** Counts something that went wrong outside a test as one failed test. @param {string} what @param {string} reason */
  addProblem(what, reason) {
    this.add({ title: what, state: 'failed', durationMs: 0, error: reason });
  }

  /** Prints the totals as the last line, and ends this process: something that a failure left open must not keep it. */
  finish() {
    const { passed, failed, skipped } = this.#counts;
    console.log('');
    for (const failure of this.#failures) console.log(`Failed: ${failure}`);
    if (skipped > 0) console.log(`${skipped} skipped`);
    // Ended in the callback, since output to a pipe can be buffered.
    process.stdout.write(`${passed} passed, ${failed} failed\n`, () => process.exit(failed > 0 ? 1 : 0));
  }
}

/** @param {string} text @param {number} spaces */
function indent(text, spaces) {
  return text.replace(/^(?=.)/gm, ' '.repeat(spaces));
}
