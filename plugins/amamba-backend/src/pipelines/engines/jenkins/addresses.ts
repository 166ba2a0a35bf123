import type { EnginePipelineRef } from '@amamba/backstage-plugin-amamba-node';
import { path, type OutboundPath } from '../../../http';
import type { JenkinsConfig } from '../../../config';

/** Jenkins' class of pipelines. */
export const PIPELINE_CLASS = 'org.jenkinsci.plugins.workflow.job.WorkflowJob';

/**
 * Where things are in one Jenkins. A workspace is a folder of the same name: its characters (letters, digits,
 * `. _ - ~`) are all safe in Jenkins' names, which is why `~` separates the namespace.
 */
export class JenkinsAddresses {
  readonly #root: readonly string[];
  readonly #baseUrl: string;

  constructor({ rootFolder, baseUrl }: JenkinsConfig) {
    this.#root = rootFolder ? rootFolder.split('/') : [];
    this.#baseUrl = baseUrl.replace(/\/+$/, '');
  }

  /** Names of the folders that lead to a workspace's pipelines, outermost first. */
  folders(workspace: string): string[] {
    return [...this.#root, workspace];
  }

  /** Path of an item, by the names of its folders and its own; of Jenkins itself for no name. */
  item(names: readonly string[]): OutboundPath {
    return path`${names.reduce(
      (parent, name) => path`${parent}/job/${name}`,
      path``,
    )}`;
  }

  job({ workspace, name }: EnginePipelineRef): OutboundPath {
    return this.item([...this.folders(workspace), name]);
  }

  run(ref: EnginePipelineRef, run: number): OutboundPath {
    return path`${this.job(ref)}/${run}`;
  }

  /** Address in Jenkins' own UI. */
  url(ref: EnginePipelineRef, run?: number): string {
    const { text } = run === undefined ? this.job(ref) : this.run(ref, run);
    return `${this.#baseUrl}${text}/`;
  }

  /** The pipeline with this full name (`root/workspace/name`); undefined when it is none of the portal's. */
  refOf(fullName: string): EnginePipelineRef | undefined {
    const names = fullName.split('/');
    const own = names.slice(this.#root.length);
    const isBelowRoot = this.#root.every(
      (name, index) => name === names[index],
    );
    return isBelowRoot && own.length === 2 && own.every(name => name !== '')
      ? { workspace: own[0], name: own[1] }
      : undefined;
  }
}

/** `…/job/F/job/P/` is `F/P`; undefined when it is no address of an item. */
export function fullNameOf(url: string): string | undefined {
  const names = [...url.matchAll(/(?:^|\/)job\/([^/]+)/g)].map(
    ([, name]) => name,
  );
  try {
    return names.map(decodeURIComponent).join('/');
  } catch {
    return undefined;
  }
}

/** How messages name a pipeline. */
export function pipelineWords({ workspace, name }: EnginePipelineRef): string {
  return `the pipeline ${workspace}/${name}`;
}

/** How messages name a run. */
export function runWords(ref: EnginePipelineRef, run: number): string {
  return `run #${run} of ${pipelineWords(ref)}`;
}
