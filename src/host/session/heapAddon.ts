import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Hello } from '../../protocol/collector';

/**
 * The prebuilt native sampler for a program, from the folder of the installed `@datadog/pprof`: named by
 * `<platform>-<arch>/dd_pprof[.musl].node.abi<ABI>.node`. Null when the package has none for it.
 */
export function heapAddonPath(packageFolder: string, program: Pick<Hello, 'platform' | 'arch' | 'abi' | 'musl'>): string | null {
  // These come from the program and become part of a path.
  if (![program.platform, program.arch, program.abi].every((part) => /^[a-z0-9]+$/i.test(part))) return null;
  const folder = path.join(packageFolder, 'prebuilds', `${program.platform}-${program.arch}`);
  const file = path.join(folder, `dd_pprof${program.musl ? '.musl' : ''}.node.abi${program.abi}.node`);
  return existsSync(file) ? file : null;
}
