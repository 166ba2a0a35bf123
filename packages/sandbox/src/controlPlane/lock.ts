import * as fs from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { isAlive } from './status';

const RETRY_MS = 500;

/** Takes the lock, unless a living process has it. */
function take(file: string): boolean {
  try {
    fs.writeFileSync(file, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  let holder: number;
  try {
    holder = Number(fs.readFileSync(file, 'utf8'));
  } catch {
    return false;
  }
  // An empty file is one that is being written just now; it is somebody's soon.
  if (holder > 0 && !isAlive(holder)) fs.rmSync(file, { force: true });
  return false;
}

/**
 * Runs `work` while no other process does so with the same file. A lock whose holder died is taken over.
 * @param onWait - called every now and then while another one holds it
 */
export async function withLock<T>(
  file: string,
  work: () => Promise<T>,
  options: { signal?: AbortSignal; onWait?: () => void } = {},
): Promise<T> {
  while (!take(file)) {
    options.onWait?.();
    await sleep(RETRY_MS, undefined, { signal: options.signal });
  }
  try {
    return await work();
  } finally {
    fs.rmSync(file, { force: true });
  }
}
