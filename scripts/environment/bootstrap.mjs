/**
 * Everything the tests and the demo need beyond a Node.js and npm. Installs what is missing, and nothing twice.
 *
 *   node scripts/environment/bootstrap.mjs [packages]      `packages`: only the npm packages of the checkout
 */
import { pathToFileURL } from 'node:url';
import { chromiumBinary } from './chromium.mjs';
import { serverScript } from './codeServer.mjs';
import { goBinary } from './go.mjs';
import { nodeBinaries } from './nodeVersions.mjs';
import { ensureProjectPackages } from './projectPackages.mjs';

/** @typedef {{ nodes: Record<string, string>, server: string, chromium: string, go: string }} Environment */

/** @returns {Promise<Environment>} paths of what was found or installed */
export async function bootstrap() {
  await ensureProjectPackages();
  return { nodes: await nodeBinaries(), server: await serverScript(), chromium: await chromiumBinary(), go: await goBinary() };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  if (process.argv[2] === 'packages') await ensureProjectPackages();
  else console.log(JSON.stringify(await bootstrap(), undefined, 2));
}
