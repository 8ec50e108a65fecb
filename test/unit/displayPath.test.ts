import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { displayPath, frameTitle } from '../../src/model/displayPath';
import type { Frame } from '../../src/protocol/frames';

function shown(file: string, folders: readonly string[] = ['/home/dev/shop']): string {
  const { folder, name } = displayPath(file, folders);
  return `${folder}|${name}`;
}

describe('displayPath', () => {
  it('cuts the workspace folder', () => assert.equal(shown('/home/dev/shop/src/server.ts'), 'src/|server.ts'));
  it('shows a file at the top of the workspace by its name', () => assert.equal(shown('/home/dev/shop/server.ts'), '|server.ts'));
  it('does not take a folder for one that only begins like it', () =>
    assert.equal(shown('/home/dev/shop-old/src/a.ts'), '…/shop-old/src/|a.ts'));
  it('takes folders with a separator at their end', () => assert.equal(shown('/home/dev/shop/a.ts', ['/home/dev/shop/']), '|a.ts'));
  it('takes the root of the file system', () => assert.equal(shown('/a/b.ts', ['/']), 'a/|b.ts'));

  it('names the folder when there are several, and takes the innermost', () => {
    const folders = ['/home/dev/shop', '/home/dev/shop/packages/api'];
    assert.equal(shown('/home/dev/shop/src/a.ts', folders), 'shop/src/|a.ts');
    assert.equal(shown('/home/dev/shop/packages/api/src/a.ts', folders), 'api/src/|a.ts');
  });

  it('begins with the package in node_modules', () => {
    assert.equal(shown('/home/dev/shop/node_modules/express/lib/router/index.js'), 'express/lib/router/|index.js');
    assert.equal(shown('/home/dev/shop/node_modules/@scope/pkg/index.js'), '@scope/pkg/|index.js');
    assert.equal(shown('/x/node_modules/.pnpm/a@1/node_modules/a/b.js'), 'a/|b.js');
    assert.equal(shown('c:\\shop\\node_modules\\express\\index.js', ['c:\\shop']), 'express/|index.js');
  });

  it('reads Windows paths, whatever the case of the drive', () => {
    assert.equal(shown('C:\\Users\\dev\\shop\\src\\a.ts', ['c:\\Users\\dev\\shop']), 'src/|a.ts');
    assert.equal(shown('\\\\server\\share\\shop\\src\\a.ts', ['\\\\server\\share\\shop']), 'src/|a.ts');
    assert.equal(shown('d:/shop/src/a.ts', ['D:\\shop']), 'src/|a.ts');
  });

  it('keeps a backslash in a POSIX name', () => assert.equal(shown('/home/dev/shop/a\\b.ts'), '|a\\b.ts'));
  it('keeps a short path outside the workspace', () => assert.equal(shown('/tmp/demo/a.js'), '/tmp/demo/|a.js'));
  it('shortens a long one', () => assert.equal(shown('/opt/vendor/tools/lib/run.js'), '…/tools/lib/|run.js'));
  it('keeps names of Node whole', () => {
    assert.equal(shown('node:fs/promises'), '|node:fs/promises');
    assert.equal(shown('node:internal/modules/cjs/loader'), '|node:internal/modules/cjs/loader');
  });
  it('has nothing for no file', () => assert.equal(shown(''), '|'));
  it('writes hostile characters out', () => assert.equal(shown('/home/dev/shop/\u202ea.ts'), '|\\u{202e}a.ts'));
});

describe('frameTitle', () => {
  const frame: Frame = { functionName: 'run', file: '/a/b.ts', line: 3, column: 7, origin: 'user' };

  it('has the function and the full place', () => assert.equal(frameTitle(frame), 'run\n/a/b.ts:3:7'));
  it('leaves out what is not known', () => {
    assert.equal(frameTitle({ ...frame, column: 0 }), 'run\n/a/b.ts:3');
    assert.equal(frameTitle({ ...frame, line: 0, column: 0 }), 'run\n/a/b.ts');
    assert.equal(frameTitle({ ...frame, functionName: '', file: '' }), '(anonymous)');
  });
  it('adds where the code runs when it was mapped', () =>
    assert.equal(frameTitle({ ...frame, generated: { file: '/out/b.js', line: 1, column: 90 } }), 'run\n/a/b.ts:3:7\nruns as /out/b.js:1:90'));
  it('is at most 500 characters', () => assert.ok(frameTitle({ ...frame, functionName: 'x'.repeat(9999), file: '/y'.repeat(9999) }).length <= 500));
});
