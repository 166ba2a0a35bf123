import { createHash } from 'crypto';
import { UpstreamError } from '../../http';

/** SHA-256 in hexadecimal. */
export function sha256(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/**
 * Gives back bytes that are what was promised.
 * @param digest - in hexadecimal, with or without `sha256:`; absent: nothing was promised
 * @throws UpstreamError
 */
export function checkDigest(
  bytes: Buffer,
  digest: string | undefined,
  what: string,
): Buffer {
  const wanted = digest?.replace(/^sha256:/, '').toLocaleLowerCase('en-US');
  if (!wanted || wanted === sha256(bytes)) return bytes;
  throw new UpstreamError(
    `${what} is not what the repository says that it is: its checksum differs. Ask whoever keeps the repository`,
    { reason: 'unreadable' },
  );
}
