/** A header that has browsers save a stream under a name, whatever characters that has. */
export function attachment(name: string): Record<string, string> {
  const plain = name.replace(/[^A-Za-z0-9._-]/g, '_');
  return {
    'Content-Disposition': `attachment; filename="${plain}"; filename*=UTF-8''${encodeURIComponent(name)}`,
  };
}
