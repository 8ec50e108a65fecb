import { createContext } from 'preact';
import type { Host } from '../host';

/** What components deep in the page need to act: passed by context, so that rows do not carry it as properties. */
export interface Page {
  readonly host: Host;
  /** The session on show. */
  readonly sessionId: string | null;
  readonly workspaceFolders: readonly string[];
}

export const PageContext = createContext<Page | null>(null);
