import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { packageOf } from '../../src/model/packageName';

describe('packageOf', () => {
  const rows: readonly (readonly [file: string, name: string])[] = [
    ['/app/node_modules/express/lib/router.js', 'express'],
    ['/app/node_modules/@scope/name/index.js', '@scope/name'],
    ['/app/node_modules/a/node_modules/b/index.js', 'b'],
    ['/app/node_modules/.pnpm/x@1.0.0/node_modules/x/index.js', 'x'],
    ['/app/node_modules/.pnpm/@s+x@1.0.0/node_modules/@s/x/index.js', '@s/x'],
    ['C:\\app\\node_modules\\@scope\\name\\index.js', '@scope/name'],
    ['C:\\app\\node_modules\\express\\index.js', 'express'],
    ['/app/node_modules/single.js', 'single.js'],
    ['/app/node_modules/@scope', '@scope'],
    ['/app/node_modules/a/my_node_modules/b.js', 'a'],
    ['/app/node_modules/a/node_modules.js', 'a'],
    ['/app/node_modules/', 'your code'],
    ['/app/src/node_modules_old/x.js', 'your code'],
    ['/app/src/main.ts', 'your code'],
    ['node:internal/url', 'Node.js'],
    ['node:fs', 'Node.js'],
    ['', 'V8'],
  ];
  for (const [file, name] of rows) it(`takes ${JSON.stringify(file)} to be of ${name}`, () => assert.equal(packageOf(file), name));

  it('is quick with a path of a million folders', () => assert.equal(packageOf(`/node_modules/${'a_node_modules/'.repeat(1_000_000)}`), 'a_node_modules'));
});
