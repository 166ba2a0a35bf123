import { stat } from 'fs/promises';
import { basename, join } from 'path';
import { GroovyObject, Value } from '../groovy/values';

/** What `findFiles` says about a file. */
class FileInfo extends GroovyObject {
  readonly type = 'org.jenkinsci.plugins.pipeline.utility.steps.fs.FileWrapper';

  private readonly path: string;
  private readonly size: number;
  private readonly modified: number;
  private readonly folder: boolean;

  constructor(path: string, size: number, modified: number, folder: boolean) {
    super();
    this.path = path;
    this.size = size;
    this.modified = modified;
    this.folder = folder;
  }

  override getProperty(name: string): Value | undefined {
    switch (name) {
      case 'name':
        return basename(this.path);
      case 'path':
        return this.folder ? `${this.path}/` : this.path;
      case 'directory':
        return this.folder;
      case 'length':
        return this.size;
      case 'lastModified':
        return this.modified;
      default:
        return undefined;
    }
  }

  override invoke(name: string): Value | undefined {
    return name === 'isDirectory' ? this.folder : undefined;
  }

  override toText(): string {
    return this.path;
  }
}

/** Describes files of a folder for a script. */
export async function describeFiles(
  folder: string,
  paths: readonly string[],
): Promise<Value[]> {
  return Promise.all(
    paths.map(async path => {
      const info = await stat(join(folder, path));
      return new FileInfo(path, info.size, info.mtimeMs, info.isDirectory());
    }),
  );
}
