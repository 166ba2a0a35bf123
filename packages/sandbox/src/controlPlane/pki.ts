import {
  createPrivateKey,
  generateKeyPairSync,
  KeyObject,
  randomBytes,
  sign,
} from 'node:crypto';

/**
 * X.509 certificates for servers on the loopback interface. Node can read them but not make them, and a program for it would be
 * one more thing to install.
 */

/** A key with its certificate, both PEM. */
export interface KeyPair {
  key: string;
  cert: string;
}

/** What a certificate is for; a client's also opens nothing but what trusts its authority. */
export type Usage = 'authority' | 'server' | 'client' | 'both';

const DAYS = 24 * 60 * 60 * 1000;
/** A development machine that keeps its state for longer begins anew. */
const VALID_MS = 3650 * DAYS;
/** Clocks of containers may lag. */
const EARLIER_MS = 1 * DAYS;

/** One DER value: tag, length, contents. */
function der(tag: number, ...parts: Buffer[]): Buffer {
  const body = Buffer.concat(parts);
  const { length } = body;
  if (length < 0x80) return Buffer.concat([Buffer.from([tag, length]), body]);
  const size = Buffer.from(
    length.toString(16).padStart(length > 0xff ? 4 : 2, '0'),
    'hex',
  );
  return Buffer.concat([Buffer.from([tag, 0x80 | size.length]), size, body]);
}

const sequence = (...parts: Buffer[]) => der(0x30, ...parts);
const set = (...parts: Buffer[]) => der(0x31, ...parts);
const octets = (body: Buffer) => der(0x04, body);
const bits = (body: Buffer, unused = 0) =>
  der(0x03, Buffer.from([unused]), body);
const TRUE = der(0x01, Buffer.from([0xff]));

/** An object identifier in dotted form. */
function oid(dotted: string): Buffer {
  const [first, second, ...rest] = dotted.split('.').map(Number);
  const bytes = [first * 40 + second];
  for (const number of rest) {
    const groups = [number & 0x7f];
    for (let left = number >> 7; left > 0; left >>= 7)
      groups.unshift((left & 0x7f) | 0x80);
    bytes.push(...groups);
  }
  return der(0x06, Buffer.from(bytes));
}

const COMMON_NAME = oid('2.5.4.3');
const ECDSA_WITH_SHA256 = sequence(oid('1.2.840.10045.4.3.2'));
const SERVER_AUTH = oid('1.3.6.1.5.5.7.3.1');
const CLIENT_AUTH = oid('1.3.6.1.5.5.7.3.2');

const nameOf = (common: string) =>
  sequence(set(sequence(COMMON_NAME, der(0x0c, Buffer.from(common, 'utf8')))));

/** GeneralizedTime, which holds for any year. */
const time = (ms: number) =>
  der(
    0x18,
    Buffer.from(
      `${new Date(ms).toISOString().replace(/[-:T]/g, '').slice(0, 14)}Z`,
    ),
  );

const extension = (id: string, value: Buffer, isCritical = false) =>
  sequence(oid(id), ...(isCritical ? [TRUE] : []), octets(value));

/** Addresses of an IPv4 host are bytes (tag 7), names are text (tag 2). */
const alternative = (host: string) =>
  /^[\d.]+$/.test(host)
    ? der(0x87, Buffer.from(host.split('.').map(Number)))
    : der(0x82, Buffer.from(host));

function extensions(usage: Usage, hosts: string[]): Buffer[] {
  if (usage === 'authority') {
    return [
      extension('2.5.29.19', sequence(TRUE), true),
      // keyCertSign and cRLSign
      extension('2.5.29.15', bits(Buffer.from([0x06]), 1), true),
    ];
  }
  const purposes = [
    ...(usage !== 'client' ? [SERVER_AUTH] : []),
    ...(usage !== 'server' ? [CLIENT_AUTH] : []),
  ];
  return [
    // digitalSignature
    extension('2.5.29.15', bits(Buffer.from([0x80]), 7), true),
    extension('2.5.29.37', sequence(...purposes)),
    ...(hosts.length > 0
      ? [extension('2.5.29.17', sequence(...hosts.map(alternative)))]
      : []),
  ];
}

const pem = (label: string, body: Buffer) =>
  `-----BEGIN ${label}-----\n${body.toString('base64').replace(/.{64}/g, '$&\n').trimEnd()}\n-----END ${label}-----\n`;

/** A fresh key of the curve P-256, PEM. */
export function newKeys(): { key: string; publicKey: string } {
  const { privateKey, publicKey } = generateKeyPairSync('ec', {
    namedCurve: 'P-256',
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  });
  return { key: privateKey, publicKey };
}

/**
 * Makes a key and its certificate: of an authority, signed by itself, or signed by the `issuer`.
 * `hosts` are the IPv4 addresses and names that a server answers for.
 */
export function issue(options: {
  name: string;
  usage: Usage;
  hosts?: string[];
  issuer?: { name: string } & KeyPair;
}): KeyPair {
  const { name, usage, hosts = [], issuer } = options;
  const { key, publicKey } = newKeys();
  const now = Date.now();
  const serial = randomBytes(15);
  const body = sequence(
    der(0xa0, der(0x02, Buffer.from([2]))),
    der(0x02, Buffer.concat([Buffer.from([1]), serial])),
    ECDSA_WITH_SHA256,
    nameOf(issuer?.name ?? name),
    sequence(time(now - EARLIER_MS), time(now + VALID_MS)),
    nameOf(name),
    Buffer.from(publicKey.replace(/-----.*-----|\s/g, ''), 'base64'),
    der(0xa3, sequence(...extensions(usage, hosts))),
  );
  const signer: KeyObject = createPrivateKey(issuer?.key ?? key);
  const cert = sequence(
    body,
    ECDSA_WITH_SHA256,
    bits(sign('sha256', body, signer)),
  );
  return { key, cert: pem('CERTIFICATE', cert) };
}
