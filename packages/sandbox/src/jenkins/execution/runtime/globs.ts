import { Dirent } from 'fs';
import { readdir } from 'fs/promises';
import { join } from 'path';

/** What Ant leaves out unless told otherwise. */
const DEFAULT_EXCLUDES = [
  '**/*~',
  '**/#*#',
  '**/.#*',
  '**/%*%',
  '**/._*',
  '**/CVS',
  '**/CVS/**',
  '**/.cvsignore',
  '**/SCCS',
  '**/SCCS/**',
  '**/.svn',
  '**/.svn/**',
  '**/.DS_Store',
  '**/.git',
  '**/.git/**',
  '**/.gitattributes',
  '**/.gitignore',
  '**/.gitmodules',
  '**/.hg',
  '**/.hg/**',
  '**/.bzr',
  '**/.bzr/**',
];

/** An Ant path pattern as a regular expression over `/`-separated paths. */
export function antPattern(pattern: string, caseSensitive = true): RegExp {
  let normal = pattern.trim().replaceAll('\\', '/');
  if (normal.endsWith('/')) {
    normal += '**';
  }
  const parts = normal.split('/');
  let source = '';
  parts.forEach((part, index) => {
    const last = index === parts.length - 1;
    if (part === '**') {
      source += last ? '(?:.*)' : '(?:[^/]+/)*';
      return;
    }
    source += part
      .replace(/[.+^${}()|[\]\\]/g, '\\$&')
      .replace(/\*+/g, '[^/]*')
      .replaceAll('?', '[^/]');
    if (!last) {
      // `dir/**` also matches `dir` itself.
      source +=
        parts[index + 1] === '**' && index + 2 === parts.length
          ? '(?:/|$)'
          : '/';
    }
  });
  return new RegExp(`^${source}$`, caseSensitive ? '' : 'i');
}

/** The patterns of a comma-separated list. */
export function patternList(text: string): string[] {
  return text
    .split(',')
    .map(pattern => pattern.trim())
    .filter(pattern => pattern !== '');
}

export interface FileSelection {
  includes: string;
  excludes?: string;
  defaultExcludes?: boolean;
  caseSensitive?: boolean;
}

/** The files below a folder that Ant would select, relative to it, sorted. Symbolic links are not followed. */
export async function selectFiles(
  root: string,
  {
    includes,
    excludes = '',
    defaultExcludes = true,
    caseSensitive = true,
  }: FileSelection,
): Promise<string[]> {
  const wanted = patternList(includes).map(p => antPattern(p, caseSensitive));
  const unwanted = [
    ...patternList(excludes),
    ...(defaultExcludes ? DEFAULT_EXCLUDES : []),
  ].map(p => antPattern(p, caseSensitive));
  const found: string[] = [];
  const walk = async (folder: string): Promise<void> => {
    let entries: Dirent[];
    try {
      entries = await readdir(join(root, folder), { withFileTypes: true });
    } catch {
      return;
    }
    for (const entry of entries) {
      const path = folder ? `${folder}/${entry.name}` : entry.name;
      if (unwanted.some(pattern => pattern.test(path))) {
        continue;
      }
      if (entry.isDirectory()) {
        await walk(path);
      } else if (
        (entry.isFile() || entry.isSymbolicLink()) &&
        wanted.some(pattern => pattern.test(path))
      ) {
        found.push(path);
      }
    }
  };
  await walk('');
  return found.sort();
}
