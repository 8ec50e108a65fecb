import type { FrameOrigin } from '../protocol/frames';

/**
 * Who wrote the code at a URL or path, as V8 reports it: `node:…` is Node's own, and `*.cdp`, which debuggers hide, counts
 * with it; anything below a `node_modules` folder is a library, '' and V8's pseudo frames native. All else is the user's.
 */
export function frameOrigin(url: string): FrameOrigin {
  if (url === '' || url === 'native') return 'native';
  if (url.startsWith('node:') || url.startsWith('internal/') || url.endsWith('.cdp')) return 'node';
  if (/[\\/]node_modules[\\/]/.test(url)) return 'library';
  return 'user';
}
