import {
  healthAnswer,
  healthReason,
  type ApplicationDetail,
  type ApplicationPage,
  type ApplicationResource,
  type ApplicationSummary,
  type HealthAnswer,
  type NamespacePage,
  type PodSummary,
} from '@amamba/backstage-plugin-amamba-common';
import { EDITOR } from './data';

const T0 = '2026-11-03T13:00:00.000Z';

/** All is well. */
export const WELL: HealthAnswer = { status: 'ok', reasons: [] };

/** The registry refused the pull of an image, for a pod. */
export const CANNOT_PULL: HealthAnswer = healthAnswer({
  status: 'failed',
  reason: healthReason(
    'imagePull',
    { image: 'pay:2.1', cause: 'denied' },
    { remedy: 'imageTag', about: { kind: 'Pod', name: 'pay-1' } },
  ),
});

/** A row of the list of applications. */
export function anApplicationRow(
  values: Partial<ApplicationSummary> = {},
): ApplicationSummary {
  return {
    workspace: 'team-a',
    cluster: 'east',
    namespace: 'prod',
    kind: 'deployment',
    name: 'pay',
    title: 'pay',
    environment: 'prod',
    health: WELL,
    ready: 2,
    desired: 2,
    images: ['registry.example.com/store/pay:2.1'],
    createdAt: T0,
    ageMs: 0,
    ...values,
  };
}

/** A page of the list of applications. */
export function applicationPage(
  items: ApplicationSummary[],
  values: Partial<ApplicationPage> = {},
): ApplicationPage {
  return {
    items,
    total: items.length,
    setup: { state: 'ready' },
    counts: {},
    warnings: [],
    ...values,
  };
}

/** The namespaces that the filters are filled from: none. */
export const NO_NAMESPACES: NamespacePage = {
  items: [],
  total: 0,
  warnings: [],
  setup: { state: 'ready' },
};

/** A Deployment with two pods that everything can be done to. */
export function aDeployment(
  values: Partial<ApplicationResource> = {},
): ApplicationResource {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    name: 'pay',
    health: WELL,
    facts: [],
    ready: 2,
    desired: 2,
    containers: [
      {
        name: 'app',
        image: 'registry.example.com/store/pay:2.1',
        init: false,
      },
    ],
    acts: [
      { act: 'scale', possible: true },
      { act: 'restart', possible: true },
      { act: 'image', possible: true },
      { act: 'rollback', possible: true },
      { act: 'stop', possible: true },
      {
        act: 'start',
        possible: false,
        why: 'pay is not stopped.',
        refusal: { code: 'notStopped', params: { name: 'pay' } },
      },
    ],
    createdAt: T0,
    ...values,
  };
}

/** A pod that runs. */
export function aPod(values: Partial<PodSummary> = {}): PodSummary {
  return {
    name: 'pay-1',
    phrase: 'Running',
    health: WELL,
    ready: 1,
    containers: [
      {
        name: 'app',
        image: 'registry.example.com/store/pay:2.1',
        init: false,
        ready: true,
        restarts: 0,
        previous: false,
        state: 'running',
      },
    ],
    node: 'node-1',
    owner: 'pay-5f6',
    createdAt: T0,
    ...values,
  };
}

/** An application of one Deployment. */
export function anApplication(
  values: Partial<ApplicationDetail> = {},
): ApplicationDetail {
  return {
    ...anApplicationRow(),
    labels: {},
    resources: [aDeployment()],
    pods: [aPod()],
    podTotal: 1,
    links: [],
    can: EDITOR,
    warnings: [],
    metrics: false,
    ...values,
  };
}
