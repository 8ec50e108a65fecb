import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { frameOrigin } from '../../src/model/frameOrigin';
import type { FrameOrigin } from '../../src/protocol/frames';

describe('frameOrigin', () => {
  const rows: Readonly<Record<FrameOrigin, readonly string[]>> = {
    user: [
      '/home/dev/shop/src/server.js',
      'file:///home/dev/shop/src/server.mjs',
      'C:\\shop\\src\\server.js',
      'webpack://shop/src/server.ts',
      'evalmachine.<anonymous>',
      '/home/dev/node_modules_old/a.js',
      '/home/dev/my_node_modules/a.js',
      '/home/dev/node-app/internal/a.js',
      '/home/dev/a.cdp.js',
    ],
    library: [
      '/home/dev/shop/node_modules/express/index.js',
      'file:///home/dev/shop/node_modules/express/index.mjs',
      'C:\\shop\\node_modules\\express\\index.js',
      '/home/dev/shop/node_modules/.pnpm/a@1/node_modules/a/index.js',
    ],
    node: ['node:fs', 'node:internal/modules/cjs/loader', 'internal/timers.js', 'bifrost-collector.cdp', '/x/node_modules/bootloader.bundle.cdp'],
    native: ['', 'native'],
  };
  for (const [origin, urls] of Object.entries(rows)) {
    for (const url of urls) it(`is ${origin} for "${url}"`, () => assert.equal(frameOrigin(url), origin));
  }
});
