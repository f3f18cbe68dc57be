// A push service of a test's own, over https, and one browser that is subscribed there. What the server sends is
// decrypted as RFC 8291 has the browser do it, so that the test can hand it over in the service's place.
import { execFileSync } from 'node:child_process';
import { createDecipheriv, createECDH, hkdfSync, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createServer, type Server } from 'node:https';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { buffer } from 'node:stream/consumers';

const SALT_BYTES = 16;
// Behind the salt: how long a record is, and how long the sender's key.
const HEADER_BYTES = SALT_BYTES + 4 + 1;
const TAG_BYTES = 16;

export class PushService {
  readonly #folder: string;
  readonly #server: Server;
  readonly #key = createECDH('prime256v1');
  readonly #auth = randomBytes(16);
  /** What it answers from now on. */
  status = 201;
  /** What was sent, decrypted; the oldest first. */
  readonly messages: string[] = [];

  private constructor(folder: string, server: Server) {
    this.#folder = folder;
    this.#server = server;
    this.#key.generateKeys();
    server.on('request', (asked, answer) => {
      void buffer(asked).then((body) => {
        this.messages.push(this.#decrypted(body));
        answer.writeHead(this.status).end();
      });
    });
  }

  static async start(): Promise<PushService> {
    const folder = mkdtempSync(path.join(tmpdir(), 'heliograph-push-'));
    const [key, cert] = [path.join(folder, 'key.pem'), path.join(folder, 'cert.pem')];
    const names = ['-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1'];
    const kind = ['-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
    execFileSync('openssl', ['req', ...kind, '-keyout', key, '-out', cert, ...names], { stdio: 'ignore' });
    const server = createServer({ key: readFileSync(key), cert: readFileSync(cert) });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new PushService(folder, server);
  }

  get origin(): string {
    return `https://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** What a server's configuration says of it. */
  config(): string {
    return `[push]\nservices = ["127.0.0.1"]\nca_file = "${path.join(this.#folder, 'cert.pem')}"\n`;
  }

  /** Of the browser, as it tells them. */
  keys(): { p256dh: string; auth: string } {
    return { p256dh: this.#key.getPublicKey('base64url'), auth: this.#auth.toString('base64url') };
  }

  end(): void {
    this.#server.close();
    this.#server.closeAllConnections();
    rmSync(this.#folder, { recursive: true });
  }

  #decrypted(body: Buffer): string {
    const salt = body.subarray(0, SALT_BYTES);
    const sent = HEADER_BYTES + body.readUInt8(HEADER_BYTES - 1);
    const sender = body.subarray(HEADER_BYTES, sent);
    const info = Buffer.concat([Buffer.from('WebPush: info\0'), this.#key.getPublicKey(), sender]);
    const shared = hkdf(this.#key.computeSecret(sender), this.#auth, info, 32);
    const key = hkdf(shared, salt, Buffer.from('Content-Encoding: aes128gcm\0'), 16);
    const nonce = hkdf(shared, salt, Buffer.from('Content-Encoding: nonce\0'), 12);
    const decipher = createDecipheriv('aes-128-gcm', key, nonce);
    decipher.setAuthTag(body.subarray(-TAG_BYTES));
    const padded = Buffer.concat([decipher.update(body.subarray(sent, -TAG_BYTES)), decipher.final()]);
    // Behind a two there is only padding.
    return padded.subarray(0, padded.lastIndexOf(2)).toString();
  }
}

function hkdf(from: Buffer, salt: Buffer, info: Buffer, bytes: number): Buffer {
  return Buffer.from(hkdfSync('sha256', from, salt, info, bytes));
}
