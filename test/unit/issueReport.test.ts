import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { issueReport } from '../../src/host/export/issueReport';
import { LogMemory } from '../../src/host/session/logMemory';
import { processesView } from '../../src/model/processTree';

const quiet = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };

function report(...messages: string[]): string {
  const log = new LogMemory(quiet);
  for (const message of messages) log.warn(message);
  const processes = processesView([
    { session: { id: 'a', name: 'payroll.js [77] « Secret Launch', state: 'live', pid: 77, nodeVersion: '24.1.0' }, parentId: null, isWorker: false, current: null, stuck: null, readAt: null },
    { session: { id: 'b', name: '[worker 1]', state: 'failed', pid: null, nodeVersion: null }, parentId: 'a', isWorker: true, current: null, stuck: null, readAt: null },
  ]);
  return issueReport({
    environment: { Bifrost: '0.1.0', 'Extension host': 'Node.js 22.1.0, linux x64' },
    settings: { 'bifrost.profileOnLaunch': true, 'bifrost.handles.backgroundPatterns': ['myCompany/secretQueue'] },
    processes,
    log: log.lines,
  });
}

describe('issueReport', () => {
  it('has versions, settings, programs and the log', () => {
    const lines = report('Something failed.').split('\n').map((line) => line.replace(/^\d{4}-\S+/, 'TIME'));
    assert.deepEqual(lines.slice(lines.indexOf('== Versions')), [
      '== Versions',
      'Bifrost: 0.1.0',
      'Extension host: Node.js 22.1.0, linux x64',
      '',
      '== Settings that were changed',
      'bifrost.profileOnLaunch: true',
      'bifrost.handles.backgroundPatterns: 1 entries',
      '',
      '== Programs',
      'program 1, process, live, 24.1.0, old figures',
      '  program 2, worker, failed, version unknown, old figures',
      '',
      '== Log',
      'TIME warn: Something failed.',
      '',
    ]);
  });

  const SECRETS: readonly [what: string, message: string][] = [
    ['names of programs', 'payroll.js [77] « Secret Launch: could not start: CdpError'],
    ['paths', 'Error: ENOENT: no such file, open /home/anna/payroll/secret/launch.js:12:3'],
    ['paths of Windows', 'Error: ENOENT: no such file, open C:\\Users\\anna\\payroll\\x.js'],
    ['addresses of files', 'at file:///home/anna/payroll/x.mjs:3:1'],
    ['what the program said', 'SourceError: The collector could not run in the program: Error: password of anna is payroll\nat x'],
    ['what is in quotes', 'SourceError: Invalid type: Expected string but received "anna\\"s payroll" at value'],
  ];
  for (const [what, message] of SECRETS) {
    it(`has no ${what}`, () => assert.doesNotMatch(report(message), /anna|payroll|Secret|secretQueue/));
  }

  it('is bounded', () => assert.ok(report(...Array.from({ length: 2_000 }, () => 'x'.repeat(100_000))).length < 200_000));
});
