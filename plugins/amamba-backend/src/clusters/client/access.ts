import type { KubeObject } from '@amamba/backstage-plugin-amamba-common';
import type { ClusterTransport } from './ClusterTransport';
import { path } from '../../http';
import { checkNamespace } from './paths';
import { createSubresource } from './writes';
import type {
  AccessQuestion,
  AccessRules,
  CallOptions,
  IssuedToken,
  ObjectRef,
  ResourceType,
} from './types';

interface ReviewBody {
  allowed?: boolean;
  incomplete?: boolean;
  userInfo?: { username?: string };
  resourceRules?: {
    verbs?: string[];
    apiGroups?: string[];
    resources?: string[];
    resourceNames?: string[];
  }[];
}

const SERVICE_ACCOUNTS: ResourceType = {
  group: '',
  version: 'v1',
  plural: 'serviceaccounts',
  kind: 'ServiceAccount',
  namespaced: true,
};

async function review(
  transport: ClusterTransport,
  group: 'authentication.k8s.io' | 'authorization.k8s.io',
  kind: string,
  spec: object | undefined,
  options: CallOptions,
): Promise<ReviewBody> {
  const { status } = await transport.json<{ status?: ReviewBody }>({
    ...options,
    method: 'POST',
    isQuestion: true,
    path: path`/apis/${group}/v1/${`${kind.toLowerCase()}s`}`,
    what: "the rights of the portal's account",
    body: {
      contentType: 'application/json',
      text: JSON.stringify({ apiVersion: `${group}/v1`, kind, spec }),
    },
  });
  return status ?? {};
}

/** Whether the portal's account may do a thing. */
export async function mayI(
  transport: ClusterTransport,
  question: AccessQuestion,
  options: CallOptions = {},
): Promise<boolean> {
  const { verb, group, plural, subresource, namespace, name } = question;
  const { allowed } = await review(
    transport,
    'authorization.k8s.io',
    'SelfSubjectAccessReview',
    {
      resourceAttributes: {
        ...{ verb, group, subresource, namespace, name },
        resource: plural,
      },
    },
    options,
  );
  return allowed === true;
}

function holds(list: readonly string[], ...values: string[]): boolean {
  return list.includes('*') || values.some(value => list.includes(value));
}

function accessRules(body: ReviewBody): AccessRules {
  const rules = (body.resourceRules ?? []).map(rule => ({
    verbs: rule.verbs ?? [],
    apiGroups: rule.apiGroups ?? [],
    resources: rule.resources ?? [],
    resourceNames: rule.resourceNames ?? [],
  }));
  return {
    rules,
    incomplete: body.incomplete ?? false,
    allow({ verb, group, plural, subresource, name }) {
      const wanted = subresource
        ? [`${plural}/${subresource}`, `*/${subresource}`]
        : [plural];
      return rules.some(
        rule =>
          holds(rule.verbs, verb) &&
          holds(rule.apiGroups, group) &&
          holds(rule.resources, ...wanted) &&
          (rule.resourceNames.length === 0 ||
            (name !== undefined && rule.resourceNames.includes(name))),
      );
    },
  };
}

/** All that the portal's account may do in a namespace. */
export async function rulesIn(
  transport: ClusterTransport,
  namespace: string,
  options: CallOptions = {},
): Promise<AccessRules> {
  return accessRules(
    await review(
      transport,
      'authorization.k8s.io',
      'SelfSubjectRulesReview',
      { namespace: checkNamespace(namespace) },
      options,
    ),
  );
}

/** Name of the portal's account. */
export async function whoAmI(
  transport: ClusterTransport,
  options: CallOptions = {},
): Promise<string> {
  const { userInfo } = await review(
    transport,
    'authentication.k8s.io',
    'SelfSubjectReview',
    undefined,
    options,
  );
  return userInfo?.username ?? '';
}

interface TokenBody extends KubeObject {
  status?: { token: string; expirationTimestamp: string };
}

/** A short-lived token of a ServiceAccount. */
export async function issueToken(
  transport: ClusterTransport,
  serviceAccount: ObjectRef,
  options: CallOptions & { expirationSeconds: number },
): Promise<IssuedToken> {
  const { expirationSeconds, ...call } = options;
  const { object } = await createSubresource<TokenBody>(
    transport,
    SERVICE_ACCOUNTS,
    serviceAccount,
    'token',
    {
      apiVersion: 'authentication.k8s.io/v1',
      kind: 'TokenRequest',
      spec: { expirationSeconds },
    },
    call,
  );
  const { token = '', expirationTimestamp = '' } = object.status ?? {};
  return { token, expiresAt: new Date(expirationTimestamp) };
}
