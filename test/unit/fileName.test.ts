import assert from 'node:assert/strict';
import { fileName } from '../../src/host/export/formats/fileName';

const TIME = new Date(2026, 0, 2, 3, 4, 5);

describe('fileName', () => {
  const names: readonly (readonly [program: string, start: string])[] = [
    ['Shop', 'Shop'],
    ['Launch Program: server.ts', 'Launch-Program-server.ts'],
    ['program.js [11362] « program.js (11362)', 'program.js-11362'],
    [' « Launch', 'program'],
    ['../../etc/passwd', 'etc-passwd'],
    ['C:\\x\\y', 'C-x-y'],
    ['.bashrc', 'bashrc'],
    ['a\u0000b\nc\u202ed', 'a-b-c-d'],
    ['', 'program'],
    ['///', 'program'],
    ['größer 東京 हिन्दी', 'größer-東京-हिन्दी'],
    ['<script>|?*"', 'script'],
  ];
  for (const [program, start] of names) {
    it(`is for ${JSON.stringify(program)} ${start}-…`, () => assert.equal(fileName(program, TIME, 'pb.gz'), `${start}-2026-01-02-03-04-05.pb.gz`));
  }

  // Windows goes by what stands before the first dot.
  for (const program of ['con', 'NUL', 'com1', 'lpt9.txt', 'aux.js', 'Con.x.y']) {
    it(`is no device of Windows for ${program}`, () => assert.doesNotMatch(fileName(program, TIME, 'pb.gz'), /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i));
  }

  it('has at most 100 characters, and at most the 255 bytes that file systems take', () => {
    for (const letter of ['x', 'ß', '東', '𝒳', 'न्']) {
      const name = fileName(letter.repeat(1000), TIME, 'speedscope.json');
      assert.ok(name.length <= 100, name);
      assert.ok(Buffer.byteLength(name) <= 255, name);
      assert.ok(name.endsWith('-2026-01-02-03-04-05.speedscope.json'), name);
      assert.doesNotMatch(name, /\p{Cs}/u);
      assert.doesNotMatch(fileName(`a${letter.repeat(1000)}`, TIME, 'json'), /\p{Cs}/u);
    }
  });
});
