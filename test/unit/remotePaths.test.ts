import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { localPath } from '../../src/host/session/remotePaths';
import { debugSession } from '../helpers/fakeDebug';

const attached = (localRoot: unknown, remoteRoot: unknown) => {
  const root = debugSession('root');
  Object.assign(root.configuration, { localRoot, remoteRoot });
  return debugSession('program', { parentSession: root, isTarget: true });
};

describe('localPath', () => {
  it('is below the local root what is below the remote one', () => {
    assert.equal(localPath('/srv/app/src/main.js', attached('/home/me/app', '/srv/app')), '/home/me/app/src/main.js');
    assert.equal(localPath('/srv/app/src/main.js', attached('/home/me/app/', '/srv/app/')), '/home/me/app/src/main.js');
  });

  it('has the separators of the machine that it is on', () => {
    assert.equal(localPath('/srv/app/src/main.js', attached('C:\\app', '/srv/app')), 'C:\\app\\src\\main.js');
    assert.equal(localPath('D:\\srv\\src\\main.js', attached('/app', 'D:\\srv')), '/app/src/main.js');
  });

  it('is the path itself outside of the root, and where there is none', () => {
    assert.equal(localPath('/srv/application/main.js', attached('/home/me/app', '/srv/app')), '/srv/application/main.js');
    assert.equal(localPath('/srv/app/main.js', attached(undefined, undefined)), '/srv/app/main.js');
    assert.equal(localPath('/srv/app/main.js', attached(null, '')), '/srv/app/main.js');
  });
});
