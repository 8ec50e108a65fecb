import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { handleKind, isNoise } from '../../src/model/handleKinds';

describe('handleKind', () => {
  it('says what people call a type, what it does and what it waits for', () => {
    assert.deepEqual(handleKind('Timeout'), { label: 'Timer', state: 'scheduled', waitReason: 'its due time' });
    assert.deepEqual(handleKind('TCPCONNECTWRAP'), { label: 'TCP connect', state: 'connecting', waitReason: 'the peer to accept' });
  });

  // R8: listening servers, intervals and watchers serve the program as a whole.
  for (const type of ['TCPSERVERWRAP', 'PIPESERVERWRAP', 'Interval', 'FSEVENTWRAP', 'STATWATCHER', 'SIGNALWRAP']) {
    it(`takes ${type} for background work`, () => assert.equal(handleKind(type).background, true));
  }
  for (const type of ['Timeout', 'TCPWRAP', 'TLSWRAP', 'HTTPCLIENTREQUEST', 'FSREQCALLBACK', 'PROCESSWRAP', 'WORKER']) {
    it(`leaves open whether ${type} is background work`, () => assert.equal(handleKind(type).background, undefined));
  }

  // A program names its own resources as it likes.
  for (const type of ['MyQueueJob', '', 'constructor', '__proto__', 'hasOwnProperty', 'timeout']) {
    it(`keeps the name of a type it does not know: "${type}"`, () =>
      assert.deepEqual(handleKind(type), { label: type, state: 'open', waitReason: '' }));
  }
});

describe('isNoise', () => {
  it('turns away what waits for nothing', () => {
    for (const type of ['PROMISE', 'TickObject', 'Immediate', 'DNSCHANNEL', 'HTTPINCOMINGMESSAGE']) assert.equal(isNoise(type), true, type);
  });
  it('keeps what can be waited for, and what it does not know', () => {
    for (const type of ['Timeout', 'TCPWRAP', 'HTTPCLIENTREQUEST', 'MyQueueJob', 'constructor', '']) assert.equal(isNoise(type), false, type);
  });
});
