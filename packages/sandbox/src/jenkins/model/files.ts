import * as fs from 'node:fs';
import * as path from 'node:path';

/** Writes a whole file or none of it: a temporary file beside it, then a rename. */
export function writeFileAtomic(file: string, content: string | Buffer): void {
  fs.mkdirSync(path.dirname(file), { recursive: true });
  const temporary = `${file}.${process.pid}.tmp`;
  fs.writeFileSync(temporary, content, { mode: 0o600 });
  fs.renameSync(temporary, file);
}

/** Reads and parses a JSON file that this program wrote; undefined when there is none. */
export function readJsonFile<T>(file: string): T | undefined {
  try {
    return JSON.parse(fs.readFileSync(file, 'utf8')) as T;
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

/** Whether a file system call failed because there is no such file. */
export function isMissing(error: unknown): boolean {
  return (
    typeof error === 'object' &&
    error !== null &&
    'code' in error &&
    error.code === 'ENOENT'
  );
}

/** A name as one directory name: no separator, no leading dot. */
export function toDirectoryName(name: string): string {
  return encodeURIComponent(name).replace(/^\./, '%2E');
}

/** The name that {@link toDirectoryName} was given. */
export function fromDirectoryName(directory: string): string {
  return decodeURIComponent(directory);
}

/** Files below a directory as relative paths with `/`, sorted; symbolic links are left out. */
export function listFiles(root: string): { path: string; size: number }[] {
  const found: { path: string; size: number }[] = [];
  const walk = (relative: string) => {
    const directory = path.join(root, relative);
    for (const entry of fs.readdirSync(directory, { withFileTypes: true })) {
      const child = relative ? `${relative}/${entry.name}` : entry.name;
      if (entry.isDirectory()) walk(child);
      else if (entry.isFile()) {
        found.push({
          path: child,
          size: fs.statSync(path.join(root, child)).size,
        });
      }
    }
  };
  try {
    walk('');
  } catch (error) {
    if (!isMissing(error)) throw error;
  }
  return found.sort((a, b) => (a.path < b.path ? -1 : 1));
}
