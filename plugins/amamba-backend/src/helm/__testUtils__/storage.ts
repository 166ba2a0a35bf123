import { gunzipSync, gzipSync } from 'zlib';

/** `data.release` of a revision under way, made from that of another. */
export function pendingRevision(release: string, version: number): string {
  const inner = Buffer.from(release, 'base64').toString('latin1');
  const record = JSON.parse(
    gunzipSync(Buffer.from(inner, 'base64')).toString('utf8'),
  );
  record.version = version;
  record.info.status = 'pending-upgrade';
  const packed = gzipSync(JSON.stringify(record)).toString('base64');
  return Buffer.from(packed).toString('base64');
}
