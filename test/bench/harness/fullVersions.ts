import { execFileSync } from 'node:child_process';

/** What each Node.js binary says it is, by major version: `{"24": "v24.21.0"}`. */
export function fullVersions(nodes: readonly (readonly [major: string, binary: string])[]): Record<string, string> {
  return Object.fromEntries(nodes.map(([major, binary]) => [major, execFileSync(binary, ['--version'], { encoding: 'utf8' }).trim()]));
}
