/** The collector of clinic's bubbleprof, which the bench measures beside Bifrost. Nothing else needs it. */
import path from 'node:path';
import { cached } from './cacheFolder.mjs';
import { npm } from './npm.mjs';
import { withProgress } from './progress.mjs';

const VERSION = '7.0.1';

/** The folder of the package, installed when it is not there. @returns {Promise<string>} */
export async function bubbleprofPackage() {
  const folder = await cached(`bubbleprof-${VERSION}`, (staging) =>
    withProgress(`Installing bubbleprof ${VERSION}, to be measured beside Bifrost`, () => npm(staging, 'install', `@nearform/bubbleprof@${VERSION}`)),
  );
  return path.join(folder, 'node_modules', '@nearform', 'bubbleprof');
}
