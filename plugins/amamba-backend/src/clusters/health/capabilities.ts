import type { Capability } from '@amamba/backstage-plugin-amamba-common';
import * as kinds from '../cache/kinds';
import type { KindDescriptor } from '../cache/types';
import type { AccessRules, Discovery, ResourceType } from '../client/types';

/** Something to install, and what is lost without it. */
interface Installable {
  id: string;
  group: string;
  kind?: string;
  without: string;
  remedy: string;
  command?: string;
}

const INSTALLABLE: readonly Installable[] = [
  {
    id: 'metrics',
    group: 'metrics.k8s.io',
    without:
      'No CPU and memory figures; autoscalers that need them stand still',
    remedy: 'Install metrics-server',
    command:
      'kubectl apply -f https://github.com/kubernetes-sigs/metrics-server/releases/latest/download/components.yaml',
  },
  {
    id: 'applications',
    group: 'app.k8s.io',
    kind: 'Application',
    without: 'Workloads are grouped by their labels only',
    remedy:
      'Install the Application definition of kubernetes-sigs/application (app.k8s.io/v1beta1); its controller is not needed',
  },
  {
    id: 'rollouts',
    group: 'argoproj.io',
    kind: 'Rollout',
    without: 'No canary, blue-green or A/B rollouts',
    remedy: 'Install Argo Rollouts',
    command:
      'kubectl create namespace argo-rollouts && kubectl apply -n argo-rollouts -f https://github.com/argoproj/argo-rollouts/releases/latest/download/install.yaml',
  },
  {
    id: 'argo-cd',
    group: 'argoproj.io',
    kind: 'AppProject',
    without: 'No GitOps applications in this cluster',
    remedy: 'Install Argo CD, or register this cluster in one elsewhere',
    command:
      'kubectl create namespace argocd && kubectl apply --server-side -n argocd -f https://raw.githubusercontent.com/argoproj/argo-cd/stable/manifests/install.yaml',
  },
];

/** A right that the portal's account needs, by what it is needed for. */
interface Right {
  verbs: readonly string[];
  group: string;
  plural: string;
  subresource?: string;
}

const OWN_NAMESPACES: readonly Right[] = [
  { verbs: ['create', 'patch', 'delete'], group: '', plural: 'namespaces' },
  {
    verbs: ['create', 'patch', 'delete'],
    group: 'rbac.authorization.k8s.io',
    plural: 'rolebindings',
  },
];
const TOKENS: readonly Right[] = [
  { verbs: ['create'], group: '', plural: 'serviceaccounts' },
  {
    verbs: ['create'],
    group: '',
    plural: 'serviceaccounts',
    subresource: 'token',
  },
];
const MAX_NAMED = 6;

/** The kinds of which rows are kept. */
export const WATCHED: readonly KindDescriptor[] = Object.values(kinds);

/** `create, patch namespaces; create rolebindings.rbac.authorization.k8s.io`: what of these rights is missing. */
function missing(rules: AccessRules, rights: readonly Right[]): string[] {
  return rights.flatMap(({ verbs, ...what }) => {
    const lacking = verbs.filter(verb => !rules.allow({ ...what, verb }));
    if (lacking.length === 0) return [];
    const part = what.subresource ? `/${what.subresource}` : '';
    const group = what.group ? `.${what.group}` : '';
    return [`${lacking.join(', ')} ${what.plural}${part}${group}`];
  });
}

function right(
  id: string,
  without: string,
  rules: AccessRules,
  rights: readonly Right[],
): Capability {
  const lacking = missing(rules, rights);
  if (lacking.length === 0) return { id, present: true };
  const more = lacking.length - MAX_NAMED;
  const named = lacking.slice(0, MAX_NAMED).join('; ');
  return {
    ...{ id, present: false, without },
    remedy: `Grant the portal's account: ${named}${more > 0 ? `; and ${more} more` : ''}`,
    command: 'kubectl apply -f docs/rbac/amamba.yaml',
  };
}

function readable(served: ResourceType): Right {
  const { group, plural } = served;
  return { verbs: ['list', 'watch'], group, plural };
}

/** What a cluster can do for the portal: what is installed, and what its account may. */
export function capabilitiesOf(
  discovery: Discovery,
  rules: AccessRules,
): Capability[] {
  const served = WATCHED.filter(kind => discovery.find(kind));
  return [
    ...INSTALLABLE.map(({ id, group, kind, ...absent }) => {
      const found = discovery.find({ group, kind });
      return found
        ? { id, present: true, version: found.version }
        : { id, present: false, ...absent };
    }),
    right(
      'read',
      'Each namespace is watched on its own, and what is not granted there is not shown',
      rules,
      served.map(readable),
    ),
    right(
      'own-namespaces',
      'Workspaces cannot create namespaces here, only take over those that exist',
      rules,
      OWN_NAMESPACES,
    ),
    right(
      'tokens',
      'No Helm: it works with a short-lived token of an account in the namespace',
      rules,
      TOKENS,
    ),
  ];
}
