import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'mocha';
import { DeepCheckError, DeepChecks, type CheckedProgram } from '../../src/host/session/deepCheck';
import { noticeOf } from '../../src/host/session/notices';
import type { DeepCheckReading, DeepCheckStep } from '../../src/protocol/collector';
import { DEEP_CHECK } from '../helpers/collectorReplies';
import { waitFor } from '../helpers/waitFor';

const LONG = 600_000;

/** A program that says what it was asked, and answers as a test wants it to. */
class FakeProgram implements CheckedProgram {
  readonly asked: string[] = [];
  /** What each `read` leaves. */
  unread: number[] = [0];
  answer: (question: string) => Promise<void> = () => Promise.resolve();

  async step(step: DeepCheckStep): Promise<DeepCheckReading> {
    this.asked.push(step);
    await this.answer(step);
    const unreadStacks = step === 'read' ? (this.unread.shift() ?? 0) : 0;
    return step === 'end' ? DEEP_CHECK : { frames: [], abandoned: [], followed: 0, unreadStacks };
  }

  async collectGarbage(): Promise<void> {
    this.asked.push('collect');
    await this.answer('collect');
  }
}

const says = (message: RegExp) => (error: unknown) => error instanceof DeepCheckError && message.test(error.message);

describe('a deep check', () => {
  let program: FakeProgram;
  let checks: DeepChecks;
  beforeEach(() => {
    program = new FakeProgram();
    checks = new DeepChecks();
  });
  const asked = (last: string) => waitFor(last, () => (program.asked.at(-1) === last ? true : undefined));

  it('follows, reads, collects twice, and ends, in this order', async () => {
    program.unread = [900, 40, 0];
    const phases: string[] = [];
    const reading = await checks.run(program, { time: 1, onPhase: (phase) => phases.push(`${phase} after ${program.asked.length}`) });
    assert.deepEqual(program.asked, ['begin', 'read', 'read', 'read', 'collect', 'collect', 'end']);
    assert.deepEqual(phases, ['following after 1', 'reading after 1', 'collecting after 4']);
    assert.deepEqual(reading, DEEP_CHECK);
  });

  it('waits while every promise is followed', async () => {
    const started = performance.now();
    await checks.run(program, { time: 60 });
    assert.ok(performance.now() - started >= 58);
  });

  it('gives up on reading a program that makes promises faster, and tells how many stacks are left', async () => {
    program.unread = new Array<number>(1000).fill(3);
    const { unreadStacks } = await checks.run(program, { time: 0 });
    assert.deepEqual([unreadStacks, program.asked.filter((step) => step === 'read').length, program.asked.at(-1)], [3, 200, 'end']);
  });

  it('is one at a time', async () => {
    const first = checks.run(program, { time: LONG });
    await assert.rejects(checks.run(program, { time: 1 }), says(/under way/));
    checks.abort('Enough.');
    await assert.rejects(first, says(/^Enough\.$/));
    await checks.ended;
    await checks.run(new FakeProgram(), { time: 0 });
  });

  describe('ends in the program', () => {
    it('when it is cancelled while it waits', async () => {
      const cancel = new AbortController();
      const check = checks.run(program, { time: LONG, signal: cancel.signal });
      await asked('begin');
      cancel.abort();
      await assert.rejects(check, says(/^The deep check was cancelled\.$/));
      await checks.ended;
      assert.deepEqual(program.asked, ['begin', 'end']);
    });

    for (const at of ['begin', 'read', 'collect']) {
      it(`when it is cancelled while the program is busy with ${at}, which is not waited for`, async () => {
        let answer: () => void = () => undefined;
        program.answer = (question) => (question === at ? new Promise((resolve) => (answer = resolve)) : Promise.resolve());
        const check = checks.run(program, { time: 0 });
        await asked(at);
        checks.abort('The program was paused.');
        await assert.rejects(check, says(/^The program was paused\.$/));
        assert.notEqual(program.asked.at(-1), 'end', 'one question at a time');
        answer();
        await checks.ended;
        assert.equal(program.asked.at(-1), 'end');
      });

      it(`when ${at} fails, and says why`, async () => {
        program.answer = (question) => (question === at ? Promise.reject(new Error(`No ${at}.`)) : Promise.resolve());
        await assert.rejects(checks.run(program, { time: 0 }), { message: `No ${at}.` });
        await checks.ended;
        assert.equal(program.asked.at(-1), 'end');
      });
    }

    it('once, also when that fails', async () => {
      program.answer = (question) => (question === 'end' ? Promise.reject(new Error('Gone.')) : Promise.resolve());
      await assert.rejects(checks.run(program, { time: 0 }), { message: 'Gone.' });
      await checks.ended;
      assert.equal(program.asked.filter((step) => step === 'end').length, 1);
    });
  });

  it('asks nothing when it was cancelled before', async () => {
    await assert.rejects(checks.run(program, { time: 0, signal: AbortSignal.abort() }), says(/cancelled/));
    assert.deepEqual(program.asked, []);
  });

  it('is not ended by an abort when there is none, nor by an earlier one', async () => {
    checks.abort('Too early.');
    await checks.run(program, { time: 0 });
    checks.abort('Too late.');
    assert.equal(program.asked.at(-1), 'end');
  });

  it('tells the user why it failed in its own words', () => assert.equal(noticeOf(new DeepCheckError('The program is paused.')), 'The program is paused.'));
});
