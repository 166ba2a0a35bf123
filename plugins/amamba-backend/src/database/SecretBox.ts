import { InputError } from '@backstage/errors';
import {
  createCipheriv,
  createDecipheriv,
  createHash,
  hkdfSync,
  randomBytes,
} from 'crypto';

const VERSION = 'v1';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

interface Key {
  id: string;
  bytes: Buffer;
}

function keyOf(secret: string): Key {
  const bytes = Buffer.from(
    hkdfSync('sha256', secret, '', 'amamba secrets in the database', 32),
  );
  const id = createHash('sha256').update(bytes).digest('hex').slice(0, 8);
  return { id, bytes };
}

/**
 * Keeps secrets of users in the database so that the database alone does not give them away: AES-256-GCM under a key of the
 * configuration, each bound to the place that it stands in.
 */
export class SecretBox {
  readonly #keys: readonly Key[];

  /** @param secrets - the first encrypts, all decrypt: put a new one in front to change it */
  constructor(secrets: readonly string[]) {
    this.#keys = secrets.map(keyOf);
  }

  /**
   * @param place - what the secret belongs to; it can be opened as that only
   * @throws InputError when the configuration has no key
   */
  seal(secret: string, place: string): string {
    const [key] = this.#keys;
    if (!key) {
      throw new InputError(
        'The portal can keep no passwords: its configuration has no amamba.secrets.keys. Ask a platform engineer',
      );
    }
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv('aes-256-gcm', key.bytes, nonce);
    cipher.setAAD(Buffer.from(place));
    const sealed = Buffer.concat([
      nonce,
      cipher.update(secret, 'utf8'),
      cipher.final(),
      cipher.getAuthTag(),
    ]);
    return [VERSION, key.id, sealed.toString('base64')].join('.');
  }

  /** @returns undefined when its key is no longer configured, or it stood elsewhere */
  open(text: string, place: string): string | undefined {
    const [version, id, encoded = ''] = text.split('.');
    const key = this.#keys.find(each => each.id === id);
    const sealed = Buffer.from(encoded, 'base64');
    if (
      version !== VERSION ||
      !key ||
      sealed.length < NONCE_BYTES + TAG_BYTES
    ) {
      return undefined;
    }
    const decipher = createDecipheriv(
      'aes-256-gcm',
      key.bytes,
      sealed.subarray(0, NONCE_BYTES),
      { authTagLength: TAG_BYTES },
    );
    decipher.setAAD(Buffer.from(place));
    decipher.setAuthTag(sealed.subarray(-TAG_BYTES));
    try {
      return Buffer.concat([
        decipher.update(sealed.subarray(NONCE_BYTES, -TAG_BYTES)),
        decipher.final(),
      ]).toString('utf8');
    } catch {
      return undefined;
    }
  }
}
