/** A small web server for a page that is debugged. */
import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';

const TYPES: Readonly<Record<string, string>> = { '.html': 'text/html', '.js': 'text/javascript' };

/** Serves the files of a folder, and counts how often the page says that it lives (`/beat`). */
export class PageServer {
  /** What the page is told with the next beat. */
  order = '';
  #beats = 0;
  readonly #server: Server;

  static async listen(folder: string): Promise<PageServer> {
    const made = new PageServer(folder);
    await new Promise<void>((resolve) => made.#server.listen(0, '127.0.0.1', resolve));
    return made;
  }

  private constructor(folder: string) {
    this.#server = createServer((request, response) => {
      const name = request.url === '/' ? 'index.html' : path.basename(request.url ?? '');
      if (name === 'beat') {
        this.#beats++;
        response.end(this.order);
        this.order = '';
        return;
      }
      readFile(path.join(folder, name)).then(
        (content) => response.setHeader('content-type', TYPES[path.extname(name)] ?? 'text/plain').end(content),
        () => response.writeHead(404).end(),
      );
    });
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/`;
  }

  get beats(): number {
    return this.#beats;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}
