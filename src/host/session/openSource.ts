import * as v from 'valibot';
import type { Milliseconds } from '../../protocol/units';
import type { CdpConnection } from './cdpConnection';
import { CollectorSource } from './collectorSource';
import { truthSchema } from './pageSchema';
import { PageSource } from './pageSource';
import type { ProfileSource, SourceParts } from './profileSource';
import { quietLook } from './quietLook';

const PROBE_TIMEOUT: Milliseconds = 10_000;

/** Bundlers give a page a `process` too, and Electron gives it Node's: what has a document, or serves one as its worker, is a page. */
const IS_NODE = [
  "typeof process === 'object' && typeof process?.versions?.node === 'string'",
  "typeof document === 'undefined' && typeof WorkerGlobalScope === 'undefined'",
].join(' && ');

/** The source that fits the program at the other end of a connection, hearing of it already. @throws CdpError. */
export async function openSource(parts: SourceParts): Promise<ProfileSource> {
  const isPage = parts.target.mayBePage === true && !(await isNode(parts.connection));
  return isPage ? PageSource.open(parts) : CollectorSource.open(parts);
}

/** The type of a session does not tell: js-debug gives an extension host, and a server that a page's launch starts, that of a page. */
async function isNode(connection: CdpConnection): Promise<boolean> {
  return v.is(truthSchema, await quietLook(connection, IS_NODE, PROBE_TIMEOUT));
}
