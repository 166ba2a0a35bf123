import { execFileSync } from 'child_process';
import { mkdtempSync, readFileSync, rmSync } from 'fs';
import { createServer, type Server } from 'https';
import type { AddressInfo } from 'net';
import { tmpdir } from 'os';
import path from 'path';
import { OutboundClient, path as outboundPath } from '.';

describe('OutboundClient with certificates', () => {
  let directory: string;
  let server: Server;
  let certificate: string;
  let baseUrl: string;

  beforeAll(async () => {
    directory = mkdtempSync(path.join(tmpdir(), 'outbound-'));
    const key = path.join(directory, 'key.pem');
    const file = path.join(directory, 'certificate.pem');
    execFileSync(
      'openssl',
      [
        ...['req', '-x509', '-newkey', 'ec', '-nodes', '-days', '2'],
        ...['-pkeyopt', 'ec_paramgen_curve:prime256v1'],
        ...['-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1'],
        ...['-keyout', key, '-out', file],
      ],
      { stdio: 'ignore' },
    );
    certificate = readFileSync(file, 'utf8');
    server = createServer(
      { key: readFileSync(key), cert: certificate },
      (_request, response) => {
        response.end('secure');
      },
    );
    await new Promise<void>(resolve => {
      server.listen(0, '127.0.0.1', resolve);
    });
    baseUrl = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(async () => {
    await new Promise(resolve => {
      server.close(resolve);
    });
    rmSync(directory, { recursive: true });
  });

  async function ask(ca?: string): Promise<string> {
    const client = new OutboundClient({
      system: 'Builder "ci"',
      baseUrl,
      headers: {},
      secrets: [],
      credentialsAdvice: '',
      ca,
    });
    try {
      const answer = await client.text({ path: outboundPath`/`, what: 'it' });
      return answer.text;
    } finally {
      await client.close();
    }
  }

  it('trusts what it is told to trust', async () => {
    await expect(ask(certificate)).resolves.toBe('secure');
  });

  it('says what to do about a certificate that it does not trust', async () => {
    await expect(ask()).rejects.toThrow(
      /^Builder "ci" has a certificate that is not trusted \(DEPTH_ZERO_SELF_SIGNED_CERT\)\. Name the file/,
    );
  });
});
