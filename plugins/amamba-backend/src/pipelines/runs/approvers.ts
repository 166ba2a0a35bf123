import type { WorkspaceRole } from '@amamba/backstage-plugin-amamba-common';
import type { EngineApproval } from '@amamba/backstage-plugin-amamba-node';
import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';

/** Who asks to decide, as far as it matters. */
export interface Decider {
  /** references of the user and its groups, in lower case */
  subjects: readonly string[];
  role: WorkspaceRole | undefined;
  /** has the permission `amamba.run.approve` on the pipeline */
  isPermitted: boolean;
}

/**
 * References that a name in a Jenkinsfile stands for: a reference itself, or the user or the group of that name in the
 * default namespace (or in the one it gives).
 */
function refsOf(name: string): string[] {
  const text = name.trim().replace(/^@/, '').toLocaleLowerCase('en-US');
  return ['user', 'group'].flatMap(kind => {
    try {
      return stringifyEntityRef(
        parseEntityRef(text, {
          defaultKind: kind,
          defaultNamespace: 'default',
        }),
      );
    } catch {
      // not a name that the catalog could have: it matches nobody
      return [];
    }
  });
}

/**
 * Why somebody may not decide; undefined when it may. The permission is needed in any case. Then those whom the pipeline
 * names may, and admins of the workspace; when it names nobody, everybody with the permission.
 */
export function refusal(
  approval: Pick<EngineApproval, 'approvers'>,
  decider: Decider,
): string | undefined {
  if (!decider.isPermitted) {
    return 'You need "amamba.run.approve" for this pipeline. Ask an admin of the workspace.';
  }
  const { approvers } = approval;
  const isNamed = approvers
    .flatMap(refsOf)
    .some(ref => decider.subjects.includes(ref));
  return approvers.length === 0 || isNamed || decider.role === 'admin'
    ? undefined
    : `The pipeline lets only ${approvers.join(', ')} decide, and admins of the workspace.`;
}
