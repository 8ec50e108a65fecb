import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { jsonPieces } from '../../src/collector/answerPieces';
import { ANSWER_PIECE, LEAST_PIECE } from '../../src/protocol/collector';
import { COLLECTED } from '../helpers/collectorReplies';
import { SeededRandom } from '../helpers/seededRandom';

const TEXTS = ['', 'a', '"', '\\', ',""', ']', 'é', '漢', '😀', '\ud83d', '\n', '__proto__', 'x'.repeat(5_000), '😀'.repeat(40_000)];
const VALUES = [null, true, false, 0, -0, 1.5, -1e300, Number.NaN, Infinity];

/** What an answer may be made of: short lists and long ones, of short items and long ones, in objects. */
function randomValue(random: SeededRandom, depth = 0): unknown {
  const kind = random.integer(0, depth > 2 ? 1 : 4);
  if (kind === 0) return VALUES[random.integer(0, VALUES.length - 1)];
  if (kind === 1) return TEXTS[random.integer(0, TEXTS.length - 1)];
  if (kind === 2) return Object.fromEntries(Array.from({ length: random.integer(0, 6) }, (_, index) => [`${TEXTS[index] ?? ''}${index}`, randomValue(random, depth + 1)]));
  const [fewest, most] = kind === 3 ? [0, 3] : [60, 70 * random.integer(1, 8)];
  const item = randomValue(random, depth + 3);
  return Array.from({ length: random.integer(fewest, most) }, (_, index) => (index % 3 === 0 ? index : item));
}

function assertPieces(value: unknown): void {
  const pieces = jsonPieces(value);
  assert.ok(pieces.join('') === JSON.stringify(value), 'the text is another');
  const before = pieces.slice(0, -1).map(({ length }) => length);
  assert.ok(before.every((length) => length >= LEAST_PIECE), `pieces of ${before.join()}`);
  assert.ok(pieces.every(({ length }) => length <= ANSWER_PIECE + 1), `pieces of ${pieces.map(({ length }) => length).join()}`);
  if (pieces.length > 1) assert.ok(pieces.join('').length > ANSWER_PIECE, 'a short text is in several pieces');
  // Each is sent by itself.
  for (const piece of pieces) assert.ok(Buffer.from(piece).toString() === piece, 'a sign is cut');
}

describe('the pieces of an answer', () => {
  for (let seed = 1; seed <= 200; seed++) {
    it(`are the text of its JSON (seed ${seed})`, () => assertPieces(randomValue(new SeededRandom(seed))));
  }

  it('are one where it is short', () => {
    assert.deepEqual(jsonPieces(COLLECTED), [JSON.stringify(COLLECTED)]);
    const longest = 'x'.repeat(ANSWER_PIECE - 2);
    assert.deepEqual([jsonPieces(longest).length, jsonPieces(`${longest}x`).length], [1, 2]);
  });

  it('leave out what is undefined, as JSON does', () => {
    for (const value of [{ a: undefined }, { a: 1, b: undefined, c: 2 }, [undefined], new Array<undefined>(100).fill(undefined)]) assertPieces(value);
  });

  it('are of whole items where these are short', () => {
    const rows = Array.from({ length: 2_000 }, (_, id) => ({ id, name: `row ${id}` }));
    assertPieces({ rows });
    for (const piece of jsonPieces({ rows }).slice(1, -1)) assert.match(piece, /^\{.*\},$/);
  });
});
