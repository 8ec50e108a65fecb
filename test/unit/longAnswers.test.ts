import assert from 'node:assert/strict';
import { runInNewContext } from 'node:vm';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { jsonPieces } from '../../src/collector/answerPieces';
import { LongAnswers } from '../../src/collector/longAnswers';
import { CdpConnection } from '../../src/host/session/cdpConnection';
import { CollectorClient } from '../../src/host/session/collectorClient';
import { SourceError } from '../../src/host/session/profileSource';
import { ANSWER_PIECE, COLLECTOR_SYMBOL, type LongAnswer } from '../../src/protocol/collector';
import { CdpServer, evaluated } from '../helpers/cdpServer';
import { HANDLE_REQUEST, ok } from '../helpers/collectorReplies';
import { SeededRandom } from '../helpers/seededRandom';

const TIMEOUT = 8_000;

describe('a long answer', () => {
  let server: CdpServer;
  let connection: CdpConnection;
  let client: CollectorClient;
  let answers: LongAnswers;
  /** What the program has where its collector should be. */
  let collector: { call: (command: string) => unknown; piece: (id: number, from: number) => unknown } | undefined;

  beforeEach(async () => {
    answers = new LongAnswers();
    server = await CdpServer.listen((request) => {
      const context = { [Symbol.for(COLLECTOR_SYMBOL)]: { collector } };
      return evaluated(request, runInNewContext(String(request.params?.expression), context));
    });
    connection = await CdpConnection.open(server.address, TIMEOUT);
    client = new CollectorClient(connection, '');
  });
  afterEach(async () => {
    connection.close();
    await server.close();
  });

  const dumps = (text: string, piece = (id: number, from: number): unknown => answers.piece(id, from)) => {
    collector = { call: () => answers.begin(jsonPieces({ ok: true, value: text })), piece };
    return client.dump(HANDLE_REQUEST, TIMEOUT);
  };

  for (let seed = 1; seed <= 20; seed++) {
    it(`arrives as it was given, whatever it is made of (seed ${seed})`, async () => {
      const random = new SeededRandom(seed);
      const signs = ['a', '"', 'é', '漢', '😀', '\ud83d', '\n'];
      const unit = Array.from({ length: 1 + random.integer(0, 39) }, () => signs[random.integer(0, signs.length - 1)]).join('');
      const text = unit.repeat(Math.ceil((random.integer(0, 4) * ANSWER_PIECE + random.integer(0, 2)) / unit.length));
      assert.equal(await dumps(text), text);
      const { length } = ok(text);
      // A piece is longer by one where it would end within a sign.
      const asked = server.requests.length;
      assert(asked >= length / (ANSWER_PIECE + 1) && asked <= Math.ceil(length / ANSWER_PIECE), `${asked} requests for ${length} characters`);
    });
  }

  it('comes at once when it is not long', () => {
    assert.equal(answers.begin(['x']), 'x');
  });

  it('is forgotten with its last piece, or when others have come after it', () => {
    const begin = () => (answers.begin(['abc', 'de', 'f']) as LongAnswer).id;
    const id = begin();
    assert.deepEqual([3, 5, 3, 5].map((from) => answers.piece(id, from)), ['de', 'f', '', '']);
    const [first, second, ...rest] = [begin(), begin(), begin(), begin()];
    assert.equal(answers.piece(second, 5), 'f');
    const ids = [first, ...rest, begin(), begin()];
    assert.deepEqual(ids.map((one) => answers.piece(one, 5)), ['', 'f', 'f', 'f', 'f']);
  });

  it('says when the collector goes while it answers', async () => {
    const text = 'x'.repeat(3 * ANSWER_PIECE);
    const gone = dumps(text, (id, from) => {
      collector = undefined;
      return answers.piece(id, from);
    });
    await assert.rejects(gone, (error) => error instanceof SourceError && error.code === 'notStarted');
    assert.equal(await dumps(text), text);
  });

  for (const [name, piece] of [['one sign at a time', 'x'], ['what is no text', 7], ['nothing at all', undefined]] as const) {
    it(`is refused when it comes as ${name}`, async () => {
      await assert.rejects(dumps('x'.repeat(3 * ANSWER_PIECE), () => piece), (error) => error instanceof SourceError && error.code === 'garbage');
    });
  }

  for (const length of [1e12, -1, 0.5]) {
    it(`is refused when it is to be of ${length} characters`, async () => {
      collector = { call: () => ({ id: 1, length, text: 'x' }), piece: () => 'x'.repeat(ANSWER_PIECE) };
      await assert.rejects(client.dump(HANDLE_REQUEST, TIMEOUT), (error) => error instanceof SourceError && error.code === 'garbage');
    });
  }
});
