import {
  applicationKindSchema,
  type ApplicationKey,
  type FormDocument,
} from '@amamba/backstage-plugin-amamba-common';
import type { Target } from './useServerCheck';

/** Kinds that have a page, what holds the others together first. */
const ORDER = [
  'Application',
  'Deployment',
  'StatefulSet',
  'DaemonSet',
  'CronJob',
  'Job',
];

/** The application that manifests make; undefined when they make none. */
export function createdApplication(
  documents: readonly FormDocument[],
  { cluster, namespace }: Target,
): ApplicationKey | undefined {
  const [first] = ORDER.flatMap(
    kind => documents.find(document => document.kind === kind) ?? [],
  );
  const kind = applicationKindSchema.safeParse(first?.kind.toLowerCase());
  return first && kind.success
    ? { cluster, namespace, kind: kind.data, name: first.name }
    : undefined;
}
