/** What a session shows of a program in trouble: never figures of before as figures of now, and a sentence where there are none. */
import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import type { ProfiledSession } from '../../src/host/session/profiledSession';
import { nodeVersions, Program } from '../helpers/program';
import { profile, type ProfiledProgram } from '../helpers/profiledProgram';
import { waitFor } from '../helpers/waitFor';

const READ_TIMEOUT = 10_000;
/** A core dump of a test would be in the way. */
const NO_CORE = { nodeArguments: ['--max-old-space-size=48', '--stack-trace-limit=5'] };
/** So many programs, and V8 has held one of them: the chance that it holds none is below one in 10,000. */
const HOLDS_ONE_IN = 6;

const bandsOf = (session: ProfiledSession) => session.store.bands.map(({ kind, to }) => `${kind} ${to === null ? 'lasts' : 'over'}`);
const eventsOf = (session: ProfiledSession) => session.store.happenings.map(({ kind }) => kind);
const morePoints = (session: ProfiledSession) => {
  const newest = session.store.history.at(-1)?.time ?? 0;
  return waitFor(() => `two more points; the session is ${session.info.state}`, () => (session.store.history.filter(({ time }) => time > newest).length > 1 ? true : undefined));
};
const linesOfHandles = async (session: ProfiledSession) => {
  await session.read(READ_TIMEOUT);
  return (session.store.handles?.rows ?? []).flatMap(({ origin, stack }) => (origin === 'known' ? stack.filter(({ file }) => file.endsWith('troubles.js')).map(({ line }) => line) : []));
};

for (const [major, node] of nodeVersions()) {
  describe(`a session on Node ${major}`, () => {
    let program: Program;
    let profiled: ProfiledProgram;
    let session: ProfiledSession;

    const begin = async () => {
      program = new Program(node, 'troubles.js', NO_CORE);
      await program.event('ready');
      profiled = await profile(program);
      session = profiled.session;
    };
    const end = async () => {
      await profiled.close();
      await program.kill();
    };
    beforeEach(begin);
    afterEach(end);

    const tell = async (line: string) => {
      program.tell(line);
      await program.event(line);
    };

    for (const loop of ['spin', 'microtasks']) {
      it(`goes on with a program that is in a loop (${loop})`, async () => {
        await tell(loop);
        await morePoints(session);
        assert.equal(session.info.state, 'live');
      });
    }

    it('says that a program blocked in native code is busy, with a band, until it answers', async () => {
      await tell('block');
      await profiled.state('busy');
      assert.match(session.status.notice ?? '', /busy where it can’t be asked/);
      assert.ok(bandsOf(session).includes('busy lasts'), bandsOf(session).join());
      await profiled.state('live');
      assert.deepEqual([bandsOf(session).filter((band) => band.startsWith('busy')), session.status.notice], [['busy over'], null]);
      await morePoints(session);
    });

    it('says that a paused program is paused, goes on reading it, and has a band', async () => {
      const debuggerOfUser = await program.connect();
      await debuggerOfUser.send('Debugger.enable', {}, READ_TIMEOUT);
      await debuggerOfUser.send('Debugger.pause', undefined, READ_TIMEOUT);
      program.tell('spin');
      await profiled.state('paused');
      assert.ok(bandsOf(session).includes('paused lasts'), bandsOf(session).join());
      await morePoints(session);
      await debuggerOfUser.send('Debugger.resume', {}, READ_TIMEOUT);
      await profiled.state('live');
      assert.deepEqual(bandsOf(session).filter((band) => band.startsWith('paused')), ['paused over']);
      assert.deepEqual(eventsOf(session), ['started', 'breakpoint']);
      debuggerOfUser.close();
    });

    const ENDS: readonly [what: string, end: () => void | Promise<void>][] = [
      ['throws', () => tell('throw')],
      ['exits', () => tell('exit')],
      ['aborts', () => tell('abort')],
      ['is killed', () => program.kill()],
    ];
    for (const [what, cause] of ENDS) {
      it(`says that a program that ${what} has ended, and when`, async () => {
        await cause();
        // The program is gone before the debugger says so.
        await profiled.state('ended', 'reconnecting');
        session.end();
        assert.match(session.status.notice ?? '', /^The program ended at .+: these are its last figures\. /);
        assert.deepEqual(bandsOf(session).filter((band) => band.endsWith('lasts')), []);
        assert.equal(eventsOf(session).at(-1), 'ended');
        assert.notEqual(session.store.current, null);
        await session.read(READ_TIMEOUT);
        await assert.rejects(session.dump(READ_TIMEOUT), { message: 'The program is not being profiled.' });
      });
    }

    it('ends with a program that is killed between a question and its answer', async () => {
      await tell('block');
      const rejected = assert.rejects(session.read(READ_TIMEOUT));
      await program.kill();
      await rejected;
      session.end();
      assert.equal(session.info.state, 'ended');
    });

    it('shows a program that runs out of memory as held by the debugger, and says why', async () => {
      for (let tries = 1; ; tries++) {
        await tell('leak');
        await profiled.state('paused', 'reconnecting');
        if (session.info.state === 'paused') break;
        // V8 does not hold two in ten of them before they die.
        assert.ok(tries < HOLDS_ONE_IN, `V8 held none of ${tries} programs`);
        await end();
        await begin();
      }
      assert.equal(session.store.happenings.at(-1)?.text, 'Heap nearly full');
      await session.read(READ_TIMEOUT);
      assert.ok((session.store.current?.usedHeapBytes ?? 0) > 30_000_000);
    });

    it('finds the collector at work after a cut, with all that it has tracked', async () => {
      await tell('timer');
      await waitFor('the timer', async () => ((await linesOfHandles(session)).includes(25) ? true : undefined));
      profiled.proxy.cut();
      await profiled.state('reconnecting');
      await profiled.state('live');
      await morePoints(session);
      assert.ok((await linesOfHandles(session)).includes(25));
      assert.deepEqual(eventsOf(session), ['started']);
    });

    it('finds it after the window was loaded anew, and does not inject a second one', async () => {
      await tell('timer');
      await waitFor('the timer', async () => ((await linesOfHandles(session)).includes(25) ? true : undefined));
      // The window goes without a word to the program.
      session.end();
      const next = profiled.anew();
      await next.start();
      assert.equal(next.info.state, 'live', next.status.notice ?? '');
      assert.ok((await linesOfHandles(next)).includes(25), 'the timer was opened before');
      await next.stop();
    });

    it('loses no tick without a band', async () => {
      await tell('block');
      await profiled.state('busy');
      await profiled.state('live');
      profiled.proxy.cut();
      await profiled.state('reconnecting');
      await profiled.state('live');
      await morePoints(session);
      const times = session.store.history.map(({ time }) => time);
      const bands = session.store.bands;
      for (const [index, time] of times.entries()) {
        const before = times[index - 1] ?? time;
        if (time - before <= 500) continue;
        const covered = bands.reduce((sum, { from, to }) => sum + Math.max(0, Math.min(to ?? time, time) - Math.max(from, before)), 0);
        assert.ok(covered >= time - before - 500, `${time - before} ms without a point, ${covered} of them in a band`);
      }
    });
  });
}
