import {
  matchesSelector,
  readSelector,
  type KubeObject,
} from '@amamba/backstage-plugin-amamba-common';
import type { EntityFacts } from '../workspaces';
import type { ApplicationEntry } from './read/ApplicationEntry';
import { templateOf } from './read/workloads';

const ID = 'backstage.io/kubernetes-id';
const SELECTOR = 'backstage.io/kubernetes-label-selector';
const NAMESPACE = 'backstage.io/kubernetes-namespace';
const CLUSTER = 'backstage.io/kubernetes-cluster';

/** Names applications that an entity shows besides those that its labels find: `cluster/namespace/kind/name`, separated by commas. */
export const APPLICATIONS_ANNOTATION = 'amamba.io/applications';

interface Placed {
  cluster: string;
  namespace: string;
  entry: ApplicationEntry;
}

function names(value: string | undefined): ReadonlySet<string> {
  return new Set(
    (value ?? '')
      .split(',')
      .map(part => part.trim())
      .filter(part => part !== ''),
  );
}

/**
 * Which applications belong to an entity: those with the labels of the kubernetes plugin's annotations, and those that
 * the entity names itself.
 * @returns undefined when the entity says nothing about where it runs
 */
export function entityFilter({
  annotations,
}: EntityFacts): ((placed: Placed) => boolean) | undefined {
  const id = annotations[ID];
  const text = annotations[SELECTOR];
  const named = names(annotations[APPLICATIONS_ANNOTATION]);
  if (!id && !text && named.size === 0) return undefined;
  const reading = text ? readSelector(text) : undefined;
  const selector =
    reading && 'selector' in reading ? reading.selector : undefined;
  const fits = (labels: Readonly<Record<string, string>> | undefined) =>
    selector
      ? matchesSelector(selector, labels)
      : id !== undefined && labels?.[ID] === id;
  const workloadFits = (workload: KubeObject) => {
    const template = templateOf(workload) as
      { metadata?: KubeObject['metadata'] } | undefined;
    return fits(workload.metadata.labels) || fits(template?.metadata?.labels);
  };
  return ({ cluster, namespace, entry }) => {
    if (named.has(`${cluster}/${namespace}/${entry.kind}/${entry.name}`)) {
      return true;
    }
    if (annotations[CLUSTER] && annotations[CLUSTER] !== cluster) return false;
    if (annotations[NAMESPACE] && annotations[NAMESPACE] !== namespace) {
      return false;
    }
    return fits(entry.labels) || entry.workloads.some(workloadFits);
  };
}
