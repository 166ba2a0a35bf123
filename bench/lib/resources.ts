import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

type Release = () => unknown;

/** What a benchmark started and has to end, whatever happens to it. */
export class Resources {
  readonly #releases: Release[] = [];

  /** Ends `release` before what was added earlier. */
  add(release: Release): void {
    this.#releases.push(release);
  }

  /** A new folder that is removed at the end. */
  folder(): string {
    const folder = mkdtempSync(join(tmpdir(), 'amamba-bench-'));
    this.add(() => rmSync(folder, { recursive: true, force: true }));
    return folder;
  }

  async release(): Promise<void> {
    for (;;) {
      const release = this.#releases.pop();
      if (!release) return;
      await release();
    }
  }
}

/** Runs `action` with resources that are released when it ends, well or not, also when the benchmark is interrupted. */
export async function withResources<T>(
  action: (resources: Resources) => Promise<T>,
): Promise<T> {
  const resources = new Resources();
  const interrupt = () =>
    void resources.release().then(() => process.exit(130));
  process.once('SIGINT', interrupt);
  process.once('SIGTERM', interrupt);
  try {
    return await action(resources);
  } finally {
    await resources.release();
    process.off('SIGINT', interrupt);
    process.off('SIGTERM', interrupt);
  }
}
