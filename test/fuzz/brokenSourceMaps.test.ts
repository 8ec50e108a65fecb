/** Source maps that stand where a program says may be anything: each is refused or read, and places found are in it. */
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { ParsedSourceMap } from '../../src/host/session/parsedSourceMap';
import { dataUrlText, sourceMapUrl } from '../../src/host/session/sourceMapText';
import { breakReply } from '../helpers/brokenReplies';
import { SeededRandom } from '../helpers/seededRandom';

const SEEDS = 10;
const PER_SEED = 1_000;

const PLAIN = { version: 3, file: 'app.js', sourceRoot: '', sources: ['../src/app.ts', '../src/cart.ts'], names: ['add'], mappings: 'AAAA;AACA,GCAA;;AACA,IAAIA,IDEJ', sourcesContent: [null, 'export {}'] };
const SECTIONS = { version: 3, sections: [{ offset: { line: 0, column: 0 }, map: PLAIN }, { offset: { line: 9, column: 4 }, map: { ...PLAIN, sources: ['b.ts', null] } }] };

describe('10,000 broken source maps', () => {
  for (let seed = 1; seed <= SEEDS; seed++) {
    it(`are refused or read (seed ${seed})`, () => {
      const random = new SeededRandom(seed);
      let read = 0;
      for (let round = 0; round < PER_SEED; round++) {
        const text = breakReply(JSON.stringify(random.pick([PLAIN, SECTIONS])), random);
        const map = ParsedSourceMap.parse(text);
        if (map === undefined) continue;
        read++;
        for (let look = 0; look < 5; look++) {
          const place = map.find(random.pick([1, 3, 10, 13, 0, -1, 1.5, Number.NaN, 2 ** 31, 1e300]), random.pick([0, 1, 5, -7, Number.POSITIVE_INFINITY]));
          if (place === null) continue;
          assert.ok(map.sources[place.source], text.slice(0, 2_000));
          assert.ok(place.line >= 1 && place.column >= 1, `${place.line}:${place.column} in ${text.slice(0, 2_000)}`);
        }
      }
      // If all or none were read, the maps would be broken too much or not at all.
      assert.ok(read > PER_SEED * 0.02 && read < PER_SEED * 0.98, `${read} of ${PER_SEED} were read`);
    });

    it(`has the text of a data: URL again, and stands what is cut (seed ${seed})`, () => {
      const random = new SeededRandom(seed);
      for (let round = 0; round < 200; round++) {
        const text = breakReply(JSON.stringify(PLAIN), random).replace(/[\ud800-\udfff]/g, '');
        const base64 = `data:application/json;charset=utf-8;base64,${Buffer.from(text).toString('base64')}`;
        assert.equal(dataUrlText(base64), text);
        const script = Buffer.from(`run();\n//# sourceMappingURL=${base64}\n`);
        assert.equal(sourceMapUrl(script), base64);
        // A script that is still being written ends anywhere.
        const url = sourceMapUrl(script.subarray(0, random.integer(0, script.length)));
        assert.ok(url === undefined || base64.startsWith(url));
      }
    });
  }
});
