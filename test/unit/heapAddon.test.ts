import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'mocha';
import { heapAddonPath } from '../../src/host/session/heapAddon';
import { ROOT } from '../helpers/program';

const PACKAGE = path.join(ROOT, 'node_modules', '@datadog', 'pprof');
/** A program that the package has a sampler for, wherever the tests run. */
const program = { platform: 'linux', arch: 'x64', abi: '127', musl: false };

describe('heapAddonPath', () => {
  it('finds the sampler for this very Node.js', () => {
    const file = heapAddonPath(PACKAGE, { platform: process.platform, arch: process.arch, abi: process.versions.modules, musl: false });
    assert.ok(file !== null && existsSync(file), 'The package has no sampler for this platform.');
    assert.ok(file.startsWith(PACKAGE + path.sep));
  });

  // The Node.js versions that are supported: 20, 22, 24, 26.
  for (const abi of ['115', '127', '137', '147']) {
    it(`finds one for ABI ${abi} on every platform that the package has`, () => {
      for (const folder of readdirSync(path.join(PACKAGE, 'prebuilds'))) {
        const [platform = '', arch = ''] = folder.split('-');
        assert.notEqual(heapAddonPath(PACKAGE, { ...program, platform, arch, abi }), null, folder);
      }
    });
  }

  it('tells musl from glibc', () => {
    const [glibc, musl] = [false, true].map((isMusl) => heapAddonPath(PACKAGE, { ...program, musl: isMusl }));
    assert.match(glibc ?? '', /dd_pprof\.node\.abi127\.node$/);
    assert.match(musl ?? '', /dd_pprof\.musl\.node\.abi127\.node$/);
  });

  it('has none where the package has none', () => {
    for (const change of [{ platform: 'aix' }, { arch: 'ppc64' }, { abi: '1' }, { platform: 'win32', musl: true }]) {
      assert.equal(heapAddonPath(PACKAGE, { ...program, ...change }), null);
    }
    assert.equal(heapAddonPath(path.join(ROOT, 'no-such-package'), program), null);
  });

  // These become part of a path, and come from the program. Those that would lead to the real file show that it is the text that is refused.
  const hostile = ['../../x', 'x64/../linux-x64', '..', '.', '', '/', '\\', 'x64\0', 'x64 ', 'x-64', 'linux\n', '%2e%2e', '１２７'];
  for (const key of ['platform', 'arch', 'abi'] as const) {
    it(`refuses a hostile ${key}`, () => {
      for (const text of [...hostile, `${program[key]}/../${program[key]}`, `./${program[key]}`, '127/../dd_pprof.node.abi127']) {
        assert.equal(heapAddonPath(PACKAGE, { ...program, [key]: text }), null, JSON.stringify(text));
      }
    });
  }
});
