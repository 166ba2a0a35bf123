import * as fs from 'node:fs';
import * as path from 'node:path';
import { HttpError, redirect, Reply, reply } from '../http/reply';
import type { Route } from '../http/routes';
import type { Build } from '../model/Build';
import { escapeXml } from '../xml/editor';
import { zipOf } from './zip';

/** What Jenkins sends with every file it did not write itself: no script of a report runs. */
const CSP =
  "sandbox allow-same-origin; default-src 'none'; img-src 'self'; style-src 'self';";

const TYPES: Record<string, string> = {
  '.css': 'text/css',
  '.gif': 'image/gif',
  '.html': 'text/html',
  '.jpg': 'image/jpeg',
  '.json': 'application/json',
  '.log': 'text/plain',
  '.md': 'text/plain',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain',
  '.xml': 'application/xml',
  '.zip': 'application/zip',
};

function headers(extra: Record<string, string> = {}) {
  return {
    'Content-Security-Policy': CSP,
    'X-Content-Security-Policy': CSP,
    'X-WebKit-CSP': CSP,
    'X-Content-Type-Options': 'nosniff',
    ...extra,
  };
}

function directoryPage(build: Build, below: string, address: string): Reply {
  const prefix = below ? `${below}/` : '';
  const names = new Set(
    build.artifacts
      .filter(file => file.path.startsWith(prefix))
      .map(file => file.path.slice(prefix.length).split('/')[0]),
  );
  if (!names.size && below) throw new HttpError(404, `No artifact ${below}`);
  const [pathname] = address.split('?');
  if (!pathname.endsWith('/')) return redirect(`${pathname}/`);
  const links = [...names]
    .map(
      name =>
        `<li><a href="${encodeURIComponent(name)}">${escapeXml(name)}</a></li>`,
    )
    .join('');
  return reply(
    200,
    'text/html;charset=utf-8',
    `<!DOCTYPE html><html><body><ul>${links}</ul></body></html>`,
    headers(),
  );
}

function artifact(build: Build, relative: string, address: string): Reply {
  if (relative === '*zip*/archive.zip') {
    const files = build.artifacts.map(file => ({
      name: `archive/${file.path}`,
      file: path.join(build.artifactDirectory, file.path),
    }));
    return reply(200, 'application/zip', zipOf(files), headers());
  }
  // Only what the listing has can be asked for: no path leads out of the archive.
  const found = build.artifacts.find(file => file.path === relative);
  if (!found) return directoryPage(build, relative, address);
  const type =
    TYPES[path.extname(relative).toLowerCase()] ?? 'application/octet-stream';
  return reply(
    200,
    type,
    fs.createReadStream(path.join(build.artifactDirectory, relative)),
    headers({ 'Content-Length': String(found.size) }),
  );
}

export const artifactRoutes: Route<Build>[] = [
  {
    method: 'GET',
    path: 'artifact/*',
    handle: (build, { request }, values) =>
      artifact(build, values['*'], request.url ?? ''),
  },
];
