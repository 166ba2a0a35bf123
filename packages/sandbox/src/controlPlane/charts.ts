import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { create } from 'tar';
import { MODULE } from './programs';

const CHARTS = path.join(MODULE, 'seed/charts');
const EPOCH = new Date('2026-11-01T00:00:00Z');

/** Versions beside the one in the folder, which differ in nothing but what they are called. */
const OLDER: Readonly<
  Record<string, readonly { version: string; appVersion: string }[]>
> = {
  web: [
    { version: '0.2.0', appVersion: '1.0.0' },
    { version: '0.4.0-rc.1', appVersion: '1.2.0' },
  ],
  report: [{ version: '1.0.0', appVersion: '2.3.1' }],
  worker: [
    { version: '1.4.2', appVersion: '2.9.0' },
    { version: '1.4.1', appVersion: '2.8.4' },
  ],
};

type Files = ReadonlyMap<string, Buffer>;

function setLine(text: string, key: string, value: string): string {
  return text.replace(new RegExp(`^${key}: .*$`, 'm'), `${key}: ${value}`);
}

const lineOf = (text: string, key: string) =>
  new RegExp(`^${key}: (.*)$`, 'm').exec(text)?.[1];

async function pack(name: string, chartFile: string): Promise<Buffer> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'chart-'));
  try {
    const copy = path.join(folder, name);
    fs.cpSync(path.join(CHARTS, name), copy, { recursive: true });
    fs.writeFileSync(path.join(copy, 'Chart.yaml'), chartFile);
    const parts: Buffer[] = [];
    const archive = create(
      { cwd: folder, gzip: true, portable: true, mtime: EPOCH },
      [name],
    );
    for await (const part of archive) parts.push(part);
    return Buffer.concat(parts);
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
}

/** The sample charts as a repository that Helm and the portal can read: its files by name. */
export async function chartRepository(): Promise<Files> {
  const files = new Map<string, Buffer>();
  const entries: Record<string, object[]> = {};
  for (const name of fs.readdirSync(CHARTS)) {
    const own = fs.readFileSync(path.join(CHARTS, name, 'Chart.yaml'), 'utf8');
    const older = (OLDER[name] ?? []).map(({ version, appVersion }) =>
      setLine(setLine(own, 'version', version), 'appVersion', appVersion),
    );
    entries[name] = [];
    for (const text of [own, ...older]) {
      const version = lineOf(text, 'version') ?? '';
      const file = `${name}-${version}.tgz`;
      const archive = await pack(name, text);
      files.set(file, archive);
      entries[name].push({
        ...{ apiVersion: 'v2', name, version, type: 'application' },
        appVersion: lineOf(text, 'appVersion'),
        description: lineOf(text, 'description'),
        keywords: ['sample'],
        created: EPOCH.toISOString(),
        digest: createHash('sha256').update(archive).digest('hex'),
        urls: [file],
      });
    }
  }
  // JSON is YAML.
  const index = JSON.stringify({ apiVersion: 'v1', entries });
  return files.set('index.yaml', Buffer.from(index));
}
