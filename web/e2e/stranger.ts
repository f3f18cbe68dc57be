// Somebody else's site, of another origin than the gallery: what a visitor of both may have open beside it.
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export class Stranger {
  readonly #pages = new Map<string, string>();
  readonly #server: Server = createServer((request, response) => {
    const page = this.#pages.get(request.url ?? '');
    response.writeHead(page === undefined ? 404 : 200, { 'Content-Type': 'text/html; charset=utf-8' });
    response.end(page === undefined ? '' : `<!doctype html><title>elsewhere</title>${page}`);
  });
  url = '';

  async start(): Promise<void> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    this.url = `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Puts a page there, and returns its address. */
  show(path: string, body: string): string {
    this.#pages.set(path, body);
    return this.url + path;
  }

  async stop(): Promise<void> {
    this.#server.close();
    this.#server.closeAllConnections();
    await once(this.#server, 'close');
  }
}
