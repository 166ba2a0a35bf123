import { z } from 'zod';
import type { JsonObject } from '../manifests';
import { toYamlDocuments } from '../manifests';
import { kubeNameSchema } from '../names';
import { parseQuantity } from '../quantities';

/** Kinds that a form can make. */
export const formWorkloadKinds = [
  'Deployment',
  'StatefulSet',
  'DaemonSet',
] as const;
export type FormWorkloadKind = (typeof formWorkloadKinds)[number];

const port = z.number().int().min(1).max(65_535);
const quantity = z
  .string()
  .max(64)
  .refine(
    text => (parseQuantity(text) ?? -1n) >= 0n,
    'must be a quantity such as 500m, 2 or 4Gi',
  );
const resources = z.object({
  cpu: quantity.optional(),
  memory: quantity.optional(),
});

/** What an application begins as; the rest is written into its manifests. */
export const applicationStartSchema = z.object({
  /** of the application, its workload and its service */
  name: kubeNameSchema('service'),
  description: z.string().max(2000).optional(),
  kind: z.enum(formWorkloadKinds).default('Deployment'),
  image: z.string().min(1).max(1000),
  replicas: z.number().int().min(0).max(10_000).default(1),
  /** where the container listens; a service leads there */
  ports: z
    .array(
      z.object({
        name: kubeNameSchema('portName'),
        port,
        protocol: z.enum(['TCP', 'UDP', 'SCTP']).default('TCP'),
      }),
    )
    .max(100)
    .default([]),
  /** leads traffic for this host to the first port */
  host: kubeNameSchema('host').optional(),
  requests: resources.default({}),
  limits: resources.default({}),
  env: z
    .record(kubeNameSchema('environment'), z.string().max(100_000))
    .default({}),
  /** whether an object of `app.k8s.io` holds it together */
  grouped: z.boolean().default(true),
});
export type ApplicationStart = z.infer<typeof applicationStartSchema>;
export type ApplicationStartInput = z.input<typeof applicationStartSchema>;

/** The label that everything of an application has. */
export const APPLICATION_LABEL = 'app.kubernetes.io/name';

/** Labels of what belongs to an application. */
export function applicationLabels(name: string): Record<string, string> {
  return { [APPLICATION_LABEL]: name };
}

function workload(start: ApplicationStart): JsonObject {
  const { name, kind, image, replicas, ports, requests, limits, env } = start;
  const labels = applicationLabels(name);
  const some = (values: object) => Object.keys(values).length > 0;
  return {
    apiVersion: 'apps/v1',
    kind,
    metadata: { name, labels },
    spec: {
      ...(kind !== 'DaemonSet' && { replicas }),
      selector: { matchLabels: labels },
      ...(kind === 'StatefulSet' && { serviceName: name }),
      template: {
        metadata: { labels },
        spec: {
          containers: [
            {
              name,
              image,
              ...(ports.length > 0 && {
                ports: ports.map(({ name: title, port: number, protocol }) => ({
                  name: title,
                  containerPort: number,
                  protocol,
                })),
              }),
              ...(some(env) && {
                env: Object.entries(env).map(([key, value]) => ({
                  name: key,
                  value,
                })),
              }),
              ...((some(requests) || some(limits)) && {
                resources: {
                  ...(some(requests) && { requests: { ...requests } }),
                  ...(some(limits) && { limits: { ...limits } }),
                },
              }),
            },
          ],
        },
      },
    },
  };
}

/** The service that leads to the ports of an application. */
export function serviceOf(
  name: string,
  ports: readonly { name: string; port: number; protocol: string }[],
): JsonObject {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name, labels: applicationLabels(name) },
    spec: {
      type: 'ClusterIP',
      selector: applicationLabels(name),
      ports: ports.map(({ name: title, port: number, protocol }) => ({
        name: title,
        port: number,
        targetPort: title,
        protocol,
      })),
    },
  };
}

/** Leads the traffic of a host to a port of an application's service. */
export function ingressOf(
  name: string,
  host: string,
  portName: string,
): JsonObject {
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: { name, labels: applicationLabels(name) },
    spec: {
      rules: [
        {
          host,
          http: {
            paths: [
              {
                path: '/',
                pathType: 'Prefix',
                backend: { service: { name, port: { name: portName } } },
              },
            ],
          },
        },
      ],
    },
  };
}

/** The object that holds an application together. */
export function applicationOf(start: {
  name: string;
  kind: FormWorkloadKind;
  description?: string;
}): JsonObject {
  const { name, kind, description } = start;
  return {
    apiVersion: 'app.k8s.io/v1beta1',
    kind: 'Application',
    metadata: { name, labels: applicationLabels(name) },
    spec: {
      ...(description && { descriptor: { description } }),
      selector: { matchLabels: applicationLabels(name) },
      componentKinds: [
        { group: 'apps', kind },
        { group: 'core', kind: 'Service' },
        { group: 'networking.k8s.io', kind: 'Ingress' },
        { group: 'core', kind: 'ConfigMap' },
        { group: 'core', kind: 'Secret' },
        { group: 'core', kind: 'PersistentVolumeClaim' },
      ],
    },
  };
}

/** The objects that an application begins as: values go in as values, never as text. */
export function buildManifests(start: ApplicationStart): JsonObject[] {
  const { name, ports, host, grouped } = start;
  return [
    ...(grouped ? [applicationOf(start)] : []),
    workload(start),
    ...(ports.length > 0 ? [serviceOf(name, ports)] : []),
    ...(host && ports.length > 0 ? [ingressOf(name, host, ports[0].name)] : []),
  ];
}

/** The same as YAML, one document an object. */
export function buildYaml(start: ApplicationStart): string {
  return toYamlDocuments(buildManifests(start));
}
