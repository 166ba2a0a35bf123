import * as fs from 'node:fs';
import * as path from 'node:path';
import type {
  BuildParameter,
  BuildResult,
  ExecutionServices,
} from '../execution/types';
import type { SecretBox } from '../config/SecretBox';
import type { Build } from '../model/Build';
import { Cause, upstreamCause } from '../model/causes';
import { toDirectoryName } from '../model/files';
import type { Job } from '../model/Item';
import type { ItemStore } from '../model/ItemStore';
import { addToReport } from '../model/testReport';
import type { Agents } from './Agents';
import { resolveCredential } from './credentials';
import { bindParameters } from './parameters';

export interface ServiceHost {
  readonly agents: Agents;
  readonly items: ItemStore;
  readonly secrets: SecretBox;
  /** Puts a run of another job into the queue and settles when it has started or, with `wait`, ended. */
  runOther(
    job: Job,
    cause: Cause,
    parameters: BuildParameter[],
    wait: boolean,
  ): Promise<{ number: number; result: BuildResult | null }>;
}

/** A job named by a `build` step: absolute with `/`, else relative to the folder of the caller. */
function findJob(host: ServiceHost, from: Job, name: string): Job | undefined {
  const relative = path.posix.join('/', from.parent.fullName, name);
  const item = host.items.byFullName(name.startsWith('/') ? name : relative);
  return item?.kind === 'job' ? item : undefined;
}

/** Joins a path and refuses one that leads out of the directory. */
function inside(directory: string, relative: string): string {
  const full = path.resolve(directory, relative);
  if (!full.startsWith(`${path.resolve(directory)}${path.sep}`)) {
    throw new Error(`${relative} is not inside ${directory}`);
  }
  return full;
}

/** What the steps of one run need of the server. */
export function executionServices(
  host: ServiceHost,
  build: Build,
): ExecutionServices {
  const { job } = build;
  return {
    acquireAgent: (label, signal) => host.agents.acquire(build, label, signal),

    credential: id => resolveCredential(job.parent, id, host.secrets),

    async archiveArtifacts(workspace, files) {
      for (const file of files) {
        const target = inside(build.artifactDirectory, file);
        await fs.promises.mkdir(path.dirname(target), { recursive: true });
        await fs.promises.copyFile(inside(workspace, file), target);
      }
    },

    async junit(files) {
      const totals = addToReport(build, files);
      build.save();
      return totals;
    },

    stashDirectory(name) {
      const directory = path.join(
        build.file('stashes'),
        toDirectoryName(name) || '%00',
      );
      fs.mkdirSync(path.dirname(directory), { recursive: true });
      return directory;
    },

    async build(name, parameters, wait) {
      const other = findJob(host, job, name);
      if (!other) throw new Error(`No item named ${name} found`);
      if (!other.buildable)
        throw new Error(`${other.fullName} is not buildable`);
      const given = new Map(parameters.map(p => [p.name, p.value]));
      return host.runOther(
        other,
        upstreamCause(job.fullName, job.url, build.number),
        bindParameters(other.config.parameters, given),
        wait,
      );
    },

    checkedOut(checkout) {
      const known = build.record.checkouts.some(
        ({ url, commit }) => url === checkout.url && commit === checkout.commit,
      );
      if (!known) build.record.checkouts.push(checkout);
      build.save();
    },

    previousCommit(url) {
      let before = job.builds.previous(build);
      while (before) {
        const found = before.record.checkouts.find(item => item.url === url);
        if (found) return found.commit;
        before = job.builds.previous(before);
      }
      return undefined;
    },
  };
}
