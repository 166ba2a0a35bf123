import { X509Certificate } from 'node:crypto';
import * as https from 'node:https';
import type { AddressInfo } from 'node:net';
import { issue } from './pki';

const authority = issue({ name: 'test authority', usage: 'authority' });
const issuer = { name: 'test authority', ...authority };

function serve(cert: ReturnType<typeof issue>) {
  const server = https.createServer(
    {
      ...cert,
      ca: authority.cert,
      requestCert: true,
      rejectUnauthorized: true,
    },
    (_, response) => response.end('hello'),
  );
  return new Promise<https.Server>(resolve =>
    server.listen(0, '127.0.0.1', () => resolve(server)),
  );
}

function ask(
  server: https.Server,
  options: https.RequestOptions,
): Promise<string> {
  const { port } = server.address() as AddressInfo;
  return new Promise((resolve, reject) =>
    https
      .get({ host: '127.0.0.1', port, agent: false, ...options }, response => {
        response.once('data', chunk => resolve(String(chunk)));
      })
      .once('error', reject),
  );
}

describe('certificates', () => {
  let server: https.Server;
  const client = issue({ name: 'client', usage: 'client', issuer });

  beforeAll(async () => {
    server = await serve(
      issue({
        name: 'server',
        usage: 'server',
        hosts: ['127.0.0.1', 'localhost'],
        issuer,
      }),
    );
  });
  afterAll(() => server.close());

  it('are signed by their authority, and say what they are for', () => {
    const cert = new X509Certificate(client.cert);
    expect(cert.verify(new X509Certificate(authority.cert).publicKey)).toBe(
      true,
    );
    expect(cert.subject).toBe('CN=client');
    expect(cert.issuer).toBe('CN=test authority');
    expect(new X509Certificate(authority.cert).ca).toBe(true);
  });

  it('open a connection on which both sides show theirs', async () => {
    await expect(ask(server, { ca: authority.cert, ...client })).resolves.toBe(
      'hello',
    );
  });

  it('open none without a certificate, or with one of another authority', async () => {
    await expect(ask(server, { ca: authority.cert })).rejects.toThrow();
    const stranger = issue({ name: 'client', usage: 'client' });
    await expect(
      ask(server, { ca: authority.cert, ...stranger }),
    ).rejects.toThrow();
    const other = issue({ name: 'test authority', usage: 'authority' });
    await expect(ask(server, { ca: other.cert, ...client })).rejects.toThrow(
      /signature/,
    );
  });
});
