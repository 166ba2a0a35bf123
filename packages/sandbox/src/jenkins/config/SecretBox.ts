import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

const SHAPE = /^\{[A-Za-z0-9+/]+={0,2}\}$/;
const VERSION = 1;
const BLOCK = 16;

/**
 * Encrypts secrets at rest in the shape that Jenkins' `hudson.util.Secret` has (`{AQAAAB…}`): Base64 of a version byte,
 * the lengths of IV and data (big-endian), the IV, and AES-128-CBC data. The key belongs to one state directory.
 */
export class SecretBox {
  private readonly key: Buffer;

  constructor(key: Buffer) {
    this.key = key;
  }

  /** A key for {@link SecretBox}. */
  static newKey(): Buffer {
    return randomBytes(BLOCK);
  }

  encrypt(plain: string): string {
    const iv = randomBytes(BLOCK);
    const cipher = createCipheriv('aes-128-cbc', this.key, iv);
    const data = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
    const head = Buffer.alloc(9);
    head.writeUInt8(VERSION, 0);
    head.writeUInt32BE(iv.length, 1);
    head.writeUInt32BE(data.length, 5);
    return `{${Buffer.concat([head, iv, data]).toString('base64')}}`;
  }

  /** The plain text; a value that is not one of ours is taken as plain text already, as Jenkins does. */
  decrypt(value: string): string {
    return this.open(value) ?? value;
  }

  /** Whether the value is encrypted with this key. */
  isEncrypted(value: string): boolean {
    return this.open(value) !== undefined;
  }

  private open(value: string): string | undefined {
    if (!SHAPE.test(value)) return undefined;
    const raw = Buffer.from(value.slice(1, -1), 'base64');
    if (raw.length < 9 + BLOCK || raw[0] !== VERSION) return undefined;
    if (raw.readUInt32BE(1) !== BLOCK) return undefined;
    try {
      const iv = raw.subarray(9, 9 + BLOCK);
      const decipher = createDecipheriv('aes-128-cbc', this.key, iv);
      const data = raw.subarray(9 + BLOCK, 9 + BLOCK + raw.readUInt32BE(5));
      return decipher.update(data, undefined, 'utf8') + decipher.final('utf8');
    } catch {
      return undefined;
    }
  }
}
