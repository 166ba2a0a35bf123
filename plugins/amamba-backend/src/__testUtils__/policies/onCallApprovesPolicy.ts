import { runApprovePermission } from '@amamba/backstage-plugin-amamba-common';
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

export class OnCallApprovesPolicy implements PermissionPolicy {
  async handle(
    request: PolicyQuery,
    user?: PolicyQueryUser,
  ): Promise<PolicyDecision> {
    const isOnCall = user?.info.ownershipEntityRefs.includes(
      'group:default/on-call',
    );
    return isPermission(request.permission, runApprovePermission) && !isOnCall
      ? { result: AuthorizeResult.DENY }
      : { result: AuthorizeResult.ALLOW };
  }
}
