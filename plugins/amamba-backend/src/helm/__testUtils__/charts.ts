import { createHash } from 'crypto';
import { Header, type ReadEntry } from 'tar';
import { gzipSync } from 'zlib';

/** A file of an archive that a test makes, with whatever name and type it wants. */
export interface ArchiveFile {
  path: string;
  content?: string;
  type?: ReadEntry['type'];
  link?: string;
}

const BLOCK = 512;

/** Packs files as they are, also what no decent program would pack. */
export function pack(files: readonly ArchiveFile[]): Buffer {
  const parts = files.flatMap(({ path, content = '', type = 'File', link }) => {
    const body = Buffer.from(content);
    const header = new Header({
      ...{ path, type, size: body.length, mode: 0o644, linkpath: link },
      mtime: new Date(0),
    });
    const head = Buffer.alloc(BLOCK);
    header.encode(head);
    const padding = (BLOCK - (body.length % BLOCK)) % BLOCK;
    return [head, body, Buffer.alloc(padding)];
  });
  return gzipSync(Buffer.concat([...parts, Buffer.alloc(2 * BLOCK)]));
}

/** A chart of one ConfigMap and whatever a test adds. */
export function chart(
  name: string,
  version: string,
  files: Readonly<Record<string, string>> = {},
): Buffer {
  const all: Record<string, string> = {
    'Chart.yaml': `apiVersion: v2\nname: ${name}\nversion: ${version}\nappVersion: "1.0"\ndescription: The ${name} of the tests\n`,
    'values.yaml': '# How it greets\ngreeting: hello\n',
    'README.md': `# ${name}\n`,
    'templates/config.yaml':
      'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: {{ .Release.Name }}}\ndata: {greeting: {{ .Values.greeting | quote }}}\n',
    ...files,
  };
  return pack(
    Object.entries(all).map(([path, content]) => ({
      path: `${name}/${path}`,
      content,
    })),
  );
}

/** An index.yaml of archives at `<name>-<version>.tgz`. */
export function indexOf(
  charts: readonly { name: string; version: string; archive: Buffer }[],
): string {
  const entries: Record<string, object[]> = {};
  for (const { name, version, archive } of charts) {
    (entries[name] ??= []).push({
      ...{ apiVersion: 'v2', name, version, appVersion: '1.0' },
      description: `The ${name} of the tests`,
      keywords: ['sample'],
      created: '2026-11-01T00:00:00.123456789Z',
      digest: createHash('sha256').update(archive).digest('hex'),
      urls: [`${name}-${version}.tgz`],
    });
  }
  return JSON.stringify({ apiVersion: 'v1', entries });
}
