import type { AuditRecord } from '@amamba/backstage-plugin-amamba-common';
import type { WorkbenchLinks } from '../../links';

/** Detail of an act on a run that had no number yet: its id. */
export const RUN_DETAIL = 'run';

type ObjectLink = (
  record: AuditRecord & { workspace: string },
  links: WorkbenchLinks,
) => string | undefined;

/** Where an object of a kind is to be found; undefined when the act took it away. A room adds its kinds here. */
const LINKS: Readonly<Record<string, ObjectLink>> = {
  pipeline: ({ workspace, objectName, action }, links) =>
    action === 'pipeline.delete'
      ? undefined
      : links.pipeline(workspace, objectName),
  run: ({ workspace, objectName, details }, links) => {
    const [pipeline, number] = objectName.split(' #');
    const run = number ?? details[RUN_DETAIL];
    return run ? links.run(workspace, pipeline, String(run)) : undefined;
  },
  // the trail does not say of which kind it is: the list finds it
  application: ({ workspace, objectName, action }, links) => {
    const [cluster, ns, q] = objectName.split('/');
    return action === 'application.delete' || !q
      ? undefined
      : `${links.applications(workspace)}?${new URLSearchParams({ q, cluster, ns })}`;
  },
};

/** Address of what was changed, where it may still exist. */
export function objectLink(
  record: AuditRecord,
  links: WorkbenchLinks,
): string | undefined {
  const { workspace, objectKind } = record;
  return workspace === undefined
    ? undefined
    : LINKS[objectKind]?.({ ...record, workspace }, links);
}
