import {
  containerLimitsProblems,
  kubeLabelsSchema,
  LIMIT_PARTS,
  LIMIT_RESOURCES,
  namespaceDraftSchema,
  type ContainerLimits,
  type LimitPart,
  type NamespaceDetail,
  type PodSecurity,
} from '@amamba/backstage-plugin-amamba-common';
import {
  schemaProblems,
  type PairRow,
  type Problems,
} from '../../../components/Form';
import { isNamedKey } from '../../../components/Quota';
import {
  quotaFormOf,
  quotaFormProblems,
  quotaOf,
  type QuotaForm,
} from './quotaForm';
import type { Room } from './room';

/** A resource that containers are bounded in. */
export type LimitResource = (typeof LIMIT_RESOURCES)[number];

/** A namespace as it is edited. */
export interface NamespaceForm {
  cluster: string;
  name: string;
  environment: string;
  /** empty: left as it is in the cluster */
  podSecurity: PodSecurity | '';
  labels: readonly PairRow[];
  quota: QuotaForm;
  /** by part and resource; empty ones bound nothing */
  limits: Readonly<Record<LimitPart, Readonly<Record<LimitResource, string>>>>;
}

function limitsFormOf(
  limits: ContainerLimits | undefined,
): NamespaceForm['limits'] {
  const part = (name: LimitPart) => ({
    cpu: limits?.[name]?.cpu ?? '',
    memory: limits?.[name]?.memory ?? '',
    'ephemeral-storage': limits?.[name]?.['ephemeral-storage'] ?? '',
  });
  return {
    min: part('min'),
    defaultRequest: part('defaultRequest'),
    default: part('default'),
    max: part('max'),
  };
}

function limitsOf(
  limits: NamespaceForm['limits'],
): ContainerLimits | undefined {
  const parts = LIMIT_PARTS.map(part => {
    const values = LIMIT_RESOURCES.map(resource => [
      resource,
      limits[part][resource].trim(),
    ]).filter(([, value]) => value !== '');
    return [part, Object.fromEntries(values)] as const;
  }).filter(([, values]) => Object.keys(values).length > 0);
  return parts.length > 0 ? Object.fromEntries(parts) : undefined;
}

/** The form of a new namespace. */
export function emptyForm(cluster: string): NamespaceForm {
  return {
    cluster,
    name: '',
    environment: '',
    podSecurity: 'baseline',
    labels: [],
    quota: quotaFormOf({}),
    limits: limitsFormOf(undefined),
  };
}

/** The form of a namespace that is there; the workspace's environment is not written into it. */
export function formOf(namespace: NamespaceDetail): NamespaceForm {
  return {
    cluster: namespace.cluster,
    name: namespace.name,
    environment: namespace.ownEnvironment ?? '',
    podSecurity: namespace.podSecurity ?? '',
    labels: Object.entries(namespace.labels).map(([key, value], id) => ({
      ...{ id, key, value },
    })),
    quota: quotaFormOf(namespace.wantedQuota),
    limits: limitsFormOf(namespace.containerLimits),
  };
}

/** What the form asks for. */
export function draftOf(form: NamespaceForm) {
  return {
    cluster: form.cluster,
    name: form.name.trim(),
    environment: form.environment.trim() || undefined,
    podSecurity: form.podSecurity || undefined,
    labels: Object.fromEntries(
      form.labels
        .map(({ key, value }) => [key.trim(), value.trim()])
        .filter(([key, value]) => key !== '' || value !== ''),
    ),
    quota: quotaOf(form.quota),
    containerLimits: limitsOf(form.limits),
  };
}

/** Path of a row of labels. */
export function labelPath({ key }: PairRow): string {
  return `labels.${key.trim()}`;
}

function labelProblems(rows: NamespaceForm['labels']): Record<string, string> {
  const found: Record<string, string> = {};
  const seen = new Set<string>();
  for (const row of rows) {
    const key = row.key.trim();
    const { error } = kubeLabelsSchema.safeParse({ [key]: row.value.trim() });
    const isEmpty = key === '' && row.value.trim() === '';
    if (error && !isEmpty) found[labelPath(row)] = error.issues[0].message;
    if (key !== '' && seen.has(key)) found[labelPath(row)] = 'twice';
    seen.add(key);
  }
  return found;
}

/**
 * What stands against the form, by the path of the field; messages of quotas and limits are codes of rules.
 * @param room - what the workspace may still give on the cluster, where that is known
 */
export function problemsOf(form: NamespaceForm, room?: Room): Problems {
  const draft = draftOf(form);
  const limits = containerLimitsProblems(draft.containerLimits ?? {});
  return {
    ...schemaProblems(namespaceDraftSchema, draft),
    ...labelProblems(form.labels),
    ...quotaFormProblems(form.quota, room),
    ...Object.fromEntries(
      limits.map(({ part, resource, code }) => [
        `containerLimits.${part}.${resource}`,
        code,
      ]),
    ),
  };
}

const SHOWN = /^(?:cluster|name|environment|podSecurity|containerLimits\..+)$/;

/** Whether a form has a place for a field of the contract, where its problem is said. */
export function isShown(form: NamespaceForm, path: string): boolean {
  const [part] = path.split('.');
  const key = path.slice(part.length + 1);
  if (part === 'labels')
    return form.labels.some(row => labelPath(row) === path);
  return part === 'quota'
    ? isNamedKey(key) || form.quota.others.some(row => row.key.trim() === key)
    : SHOWN.test(path);
}
