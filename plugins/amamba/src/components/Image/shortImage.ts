const MAX = 40;

/**
 * An image as a row has room for: without registry and digest, cut in the middle so that name and tag are read.
 * @param image - `registry.example.com/team/shop:1.4.2@sha256:…`
 */
export function shortImage(image: string): string {
  const [name, digest] = image.split('@');
  const parts = name.split('/');
  const hasRegistry = parts.length > 1 && /[.:]|^localhost$/.test(parts[0]);
  const local = (hasRegistry ? parts.slice(1) : parts).join('/');
  // a digest alone says which image it is
  const tagged = /:[^/]*$/.test(local);
  const full =
    digest && !tagged
      ? `${local}@${digest.replace(/^sha256:/, '').slice(0, 12)}`
      : local;
  if (full.length <= MAX) return full;
  const tail = Math.ceil((MAX - 1) * 0.6);
  return `${full.slice(0, MAX - 1 - tail)}…${full.slice(-tail)}`;
}
