/** Files that are exported are sent around: nothing of the program's data is in them. */
import assert from 'node:assert/strict';
import { gunzipSync } from 'node:zlib';
import { afterEach, describe, it } from 'mocha';
import { writeBifrostFile } from '../../src/host/export/formats/bifrostFile';
import { foldedStacks } from '../../src/host/export/formats/foldedStacks';
import { heapProfileFile } from '../../src/host/export/formats/heapProfileFile';
import { pprofHeap } from '../../src/host/export/formats/pprof';
import { speedscopeHeap } from '../../src/host/export/formats/speedscopeFile';
import { handlesReport, profileReport } from '../../src/host/export/reports';
import { savedProfileOf } from '../../src/host/session/savedProfileOf';
import { nodeVersions, Program } from '../helpers/program';
import { profile, type ProfiledProgram } from '../helpers/profiledProgram';
import { waitFor } from '../helpers/waitFor';

for (const [major, node] of nodeVersions()) {
  describe(`files exported on Node ${major}`, () => {
    let program: Program;
    let profiled: ProfiledProgram;
    afterEach(async () => {
      await profiled.close();
      await program.kill();
    });

    it('hold no environment variable, no argument and no value of the program', async () => {
      program = new Program(node, 'secrets.js', { nodeArguments: ['--title=secret-of-an-argument'], env: { APP_PASSWORD: 'secret-of-the-environment' } });
      await program.event('ready');
      profiled = await profile(program, { samplingIntervalBytes: 16 * 1024 });
      const { session } = profiled;
      await waitFor('the open handles and the allocations', async () => {
        await session.read(10_000);
        const remembered = session.store.allocations.profile()?.frames.some(({ functionName }) => functionName === 'remember');
        return remembered && (session.store.handles?.rows.length ?? 0) > 2 ? true : undefined;
      });
      const saved = await savedProfileOf(session);
      const { allocations } = saved;
      assert.ok(allocations && saved.handles && saved.handles.total > 2);
      const context = { time: Date.parse(saved.savedAt), intervalBytes: 16 * 1024, rootPath: '/' };
      const files: Record<string, string> = {
        bifrost: writeBifrostFile(saved),
        pprof: gunzipSync(pprofHeap(allocations, context)).toString('latin1'),
        heapprofile: heapProfileFile(allocations, context),
        speedscope: speedscopeHeap(allocations, saved.program.name),
        folded: foldedStacks(allocations, 'inUse'),
        profile: JSON.stringify(profileReport(session.info, session.store, 1_000)),
        handles: JSON.stringify(handlesReport(session.info, session.store, await session.dump(10_000))),
      };
      for (const [name, text] of Object.entries(files)) {
        assert.ok(text.length > 20, `${name} is empty`);
        assert.equal(/secret-of-[a-z-]+/.exec(text)?.[0], undefined, `in ${name}`);
      }
    });
  });
}
