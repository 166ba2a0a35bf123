import * as fs from 'node:fs';
import * as path from 'node:path';

/** What the control plane is doing. `off`: it was not asked for, or can't be had here. */
export type Phase =
  'off' | 'building' | 'starting' | 'ready' | 'failed' | 'stopped';

/**
 * State of the local control plane for whoever wants to say it: a JSON file, written by renaming. Whoever reads it must not believe
 * an unfinished `phase` whose `pid` is gone.
 */
export interface ControlPlaneStatus {
  phase: Phase;
  /** one sentence for a person, in English, without a full stop */
  message: string;
  /** while building or starting: how far; the first step is 1 */
  step?: { number: number; of: number; name: string };
  /** estimate, while building */
  remainingSeconds?: number;
  clusters: {
    name: string;
    url: string;
    kubeconfig: string;
    isReady: boolean;
  }[];
  argoCd?: { url: string; tokenFile: string };
  /** process that writes this file */
  pid: number;
  /** ISO */
  updatedAt: string;
}

/** What changes in a status. */
export type StatusChange = Partial<
  Omit<ControlPlaneStatus, 'pid' | 'updatedAt'>
>;

/** Writes a file that readers see either as it was or as it is now. */
export function writeWhole(file: string, text: string, mode = 0o600): void {
  fs.mkdirSync(path.dirname(file), { recursive: true });
  const next = `${file}.${process.pid}.new`;
  fs.writeFileSync(next, text, { mode });
  fs.renameSync(next, file);
}

/** A JSON file, or undefined when it is not there (yet) or broken. */
export function readJson<T>(file: string): T | undefined {
  try {
    return JSON.parse(fs.readFileSync(file, 'utf8')) as T;
  } catch {
    return undefined;
  }
}

/** Whether a process lives. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it lives, and is another user's.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

export const statusFile = (folder: string) => path.join(folder, 'status.json');

/** The status in a state folder, as it is true now: what a dead process left unfinished is `stopped`. */
export function readStatus(folder: string): ControlPlaneStatus | undefined {
  const status = readJson<ControlPlaneStatus>(statusFile(folder));
  if (!status) return undefined;
  const isOver = status.phase === 'off' || status.phase === 'failed';
  if (isOver || isAlive(status.pid)) return status;
  return {
    ...status,
    phase: 'stopped',
    message: 'the local Kubernetes is stopped',
    step: undefined,
    remainingSeconds: undefined,
    clusters: status.clusters.map(each => ({ ...each, isReady: false })),
  };
}

/** Keeps the status file of a state folder. */
export class StatusWriter {
  #status: ControlPlaneStatus;
  readonly #file: string;

  constructor(folder: string) {
    this.#file = statusFile(folder);
    this.#status = {
      phase: 'starting',
      message: 'starting the local Kubernetes',
      clusters: [],
      pid: process.pid,
      updatedAt: '',
    };
  }

  get current(): ControlPlaneStatus {
    return this.#status;
  }

  /** Changes the named fields and writes the file. Leaving a phase forgets its progress. */
  set(change: StatusChange): void {
    const isNew = change.phase && change.phase !== this.#status.phase;
    this.#status = {
      ...this.#status,
      ...(isNew && { step: undefined, remainingSeconds: undefined }),
      ...change,
      updatedAt: new Date().toISOString(),
    };
    writeWhole(this.#file, `${JSON.stringify(this.#status, null, 2)}\n`, 0o644);
  }
}
