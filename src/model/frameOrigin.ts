import type { FrameOrigin } from '../protocol/frames';

/**
 * Who wrote the code at a URL or path, as V8 reports it: `node:…` is Node's own, anything below a `node_modules` folder a
 * library, '' and V8's pseudo frames native. Everything else counts as the user's.
 */
export function frameOrigin(url: string): FrameOrigin {
  if (url === '' || url === 'native') return 'native';
  if (url.startsWith('node:') || url.startsWith('internal/')) return 'node';
  if (/[\\/]node_modules[\\/]/.test(url)) return 'library';
  return 'user';
}
