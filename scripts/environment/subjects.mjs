/** Packages that Bifrost is run beside and that the checkout does not hold: they are large, or old. Each is installed when it is first asked for. */
import path from 'node:path';
import { cached } from './cacheFolder.mjs';
import { npm } from './npm.mjs';
import { withProgress } from './progress.mjs';

/** The collector of clinic's bubbleprof, which the bench measures. @returns {Promise<string>} its folder */
export function bubbleprofPackage() {
  return installed('@nearform/bubbleprof', '7.0.1');
}

/**
 * A tracer that is there before every module of a program, and samples its heap and its CPU. Of its native parts with the
 * samplers alone. @returns {Promise<string>} its folder
 */
export function ddTracePackage() {
  return installed('dd-trace', '5.132.0', '@datadog/pprof@5.20.0', '--omit=optional');
}

/** A runner of tests that gives each file a realm of its own. @returns {Promise<string>} its folder */
export function jestPackage() {
  return installed('jest', '30.5.2');
}

/**
 * @param {string} name
 * @param {string} version
 * @param {...string} more what npm is to install beside it, and its flags
 */
async function installed(name, version, ...more) {
  const folder = await cached(`${path.basename(name)}-${version}`, (staging) =>
    withProgress(`Installing ${name} ${version}, to be run beside Bifrost`, () => npm(staging, 'install', `${name}@${version}`, ...more)),
  );
  return path.join(folder, 'node_modules', name);
}
