import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { handleKind, isConnection, isNoise } from '../../src/model/handleKinds';

const KNOWN = [
  ...['Timeout', 'Interval', 'Immediate', 'TCPSERVERWRAP', 'PIPESERVERWRAP', 'TCPWRAP', 'TLSWRAP', 'PIPEWRAP', 'TTYWRAP', 'UDPWRAP'],
  ...['TCPCONNECTWRAP', 'PIPECONNECTWRAP', 'WRITEWRAP', 'SHUTDOWNWRAP', 'UDPSENDWRAP', 'HTTPSERVERREQUEST', 'HTTPCLIENTREQUEST', 'FETCH'],
  ...['HTTP2SESSION', 'HTTP2STREAM', 'PROMISE', 'FSREQCALLBACK', 'FSREQPROMISE', 'FILEHANDLE', 'FSEVENTWRAP', 'STATWATCHER'],
  ...['GETADDRINFOREQWRAP', 'QUERYWRAP', 'ZLIB', 'PROCESSWRAP', 'WORKER', 'MESSAGEPORT', 'SIGNALWRAP', 'PBKDF2REQUEST', 'SCRYPTREQUEST'],
];

describe('handleKind', () => {
  it('says what people call a type, what it does, what it waits for and what ends the wait', () => {
    assert.deepEqual(handleKind('TCPCONNECTWRAP'), {
      label: 'TCP connect',
      state: 'connecting',
      waitReason: 'the peer to accept',
      advice: 'Give it a time-out: socket.setTimeout() and socket.destroy(), or an AbortSignal.',
      keepsAlive: true,
    });
    assert.deepEqual(handleKind('TCPSERVERWRAP'), {
      label: 'TCP server',
      state: 'listening',
      waitReason: 'connections',
      advice: 'Close it with server.close(), and its idle connections with server.closeIdleConnections().',
      background: true,
    });
  });

  it('gives advice in whole sentences', () => {
    for (const type of KNOWN) {
      const { label, state, advice } = handleKind(type);
      assert.ok(label !== '' && state !== '', type);
      assert.match(advice, /^$|^[A-Z].*\.$/, type);
    }
  });

  // Their objects do not tell, so the type has to.
  for (const type of ['FETCH', 'FSREQCALLBACK', 'GETADDRINFOREQWRAP', 'TCPCONNECTWRAP', 'WRITEWRAP', 'PBKDF2REQUEST']) {
    it(`knows that ${type} keeps the process alive`, () => assert.equal(handleKind(type).keepsAlive, true));
  }
  for (const type of ['FILEHANDLE', 'DIRHANDLE', 'ZLIB', 'SIGNALWRAP']) {
    it(`knows that ${type} does not keep the process alive`, () => assert.equal(handleKind(type).keepsAlive, false));
  }
  for (const type of ['Timeout', 'Interval', 'TCPWRAP', 'TCPSERVERWRAP', 'WORKER', 'MESSAGEPORT', 'PROCESSWRAP', 'PROMISE', 'MyQueueJob']) {
    it(`leaves it to the object whether a ${type} keeps the process alive`, () => assert.equal(handleKind(type).keepsAlive, undefined));
  }

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
      assert.deepEqual(handleKind(type), { label: type, state: 'open', waitReason: '', advice: '' }));
  }
});

describe('isNoise', () => {
  it('turns away what waits for nothing', () => {
    for (const type of ['PROMISE', 'TickObject', 'Microtask', 'DNSCHANNEL', 'HTTPINCOMINGMESSAGE']) assert.equal(isNoise(type), true, type);
  });
  it('keeps what can be waited for, and what it does not know', () => {
    for (const type of ['Timeout', 'Immediate', 'TCPWRAP', 'HTTPCLIENTREQUEST', 'MyQueueJob', 'constructor', '']) {
      assert.equal(isNoise(type), false, type);
    }
  });
});

describe('isConnection', () => {
  it('is for what a pool keeps', () => {
    for (const type of ['TCPWRAP', 'TLSWRAP', 'PIPEWRAP', 'HTTP2SESSION']) assert.equal(isConnection(type), true, type);
  });
  it('is not for what ends with what opened it', () => {
    for (const type of ['TCPSERVERWRAP', 'TCPCONNECTWRAP', 'HTTP2STREAM', 'FETCH', 'Timeout', 'MyQueueJob', 'constructor', '']) {
      assert.equal(isConnection(type), false, type);
    }
  });
});
