import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { CdpError } from '../../src/host/session/cdpConnection';
import { SourceError } from '../../src/host/session/profileSource';
import { noticeOf } from '../../src/host/session/notices';

/** Every kind of error; a kind that is added to the types is missing here until it does not compile. */
const cdpCodes: Readonly<Record<CdpError['code'], RegExp>> = {
  closed: /ended\. Start debugging again/,
  timeout: /does not answer.*Start profiling again/,
  refused: /refused: THE MESSAGE\. Restart the debug session/,
};
const collectorCodes: Readonly<Record<SourceError['code'], RegExp>> = {
  notReady: /still loading what it needs.*Start profiling again/,
  notStarted: /no longer in the program\. Start profiling again/,
  noRoom: /stack is nearly full.*continue/,
  garbage: /does not understand \(THE MESSAGE\).*Start profiling again/,
  program: /^THE MESSAGE\. Restart the program/,
};

const kinds: readonly (readonly [title: string, make: (message: string) => unknown, expected: RegExp])[] = [
  ...Object.entries(cdpCodes).map(([code, expected]) => [`CdpError ${code}`, (message: string) => new CdpError(code as CdpError['code'], message), expected] as const),
  ...Object.entries(collectorCodes).map(([code, expected]) => [`SourceError ${code}`, (message: string) => new SourceError(code as SourceError['code'], message), expected] as const),
  ['another error', (message) => new TypeError(message), /failed: THE MESSAGE\. See the log/],
  ['what is no error', (message) => message, /failed: THE MESSAGE\. See the log/],
  ['an object that is no error', () => ({ code: 'closed' }), /failed: unknown error\. See the log/],
  ['nothing', () => undefined, /failed: unknown error\. See the log/],
];

describe('noticeOf', () => {
  for (const [title, make, expected] of kinds) {
    describe(title, () => {
      it('says what happened and what to do', () => assert.match(noticeOf(make('THE MESSAGE')), expected));
      it('does not end the message twice', () => assert.equal(noticeOf(make('THE MESSAGE.')), noticeOf(make('THE MESSAGE'))));
      it('is one line, and ends as a sentence does', () => {
        const notice = noticeOf(make('one\ntwo\r\n\tthree'));
        assert.doesNotMatch(notice, /[\n\r\t]/);
        assert.match(notice, /^[A-Z\w].*\.$/);
      });
      it('stays short, whatever the program says', () => {
        const notice = noticeOf(make('x'.repeat(5_000_000)));
        assert.ok(notice.length < 400, `${notice.length} characters`);
      });
    });
  }
});
