import { runStartPermission } from '@amamba/backstage-plugin-amamba-common';
import {
  createRunConditionalDecision,
  runConditions,
} from '@amamba/backstage-plugin-amamba-node';
import {
  AuthorizeResult,
  isPermission,
  type PolicyDecision,
} from '@backstage/plugin-permission-common';
import type {
  PermissionPolicy,
  PolicyQuery,
  PolicyQueryUser,
} from '@backstage/plugin-permission-node';

export class RunInDevPolicy implements PermissionPolicy {
  async handle(
    request: PolicyQuery,
    user?: PolicyQueryUser,
  ): Promise<PolicyDecision> {
    const mayRelease = user?.info.ownershipEntityRefs.includes(
      'group:default/release-managers',
    );
    if (isPermission(request.permission, runStartPermission) && !mayRelease) {
      return createRunConditionalDecision(
        request.permission,
        runConditions.inEnvironment({ environments: ['dev'] }),
      );
    }
    return { result: AuthorizeResult.ALLOW };
  }
}
