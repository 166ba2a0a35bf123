import {
  engineIdSchema,
  workspaceRef,
  workspaceRoleSchema,
  type WorkspaceRole,
} from '@amamba/backstage-plugin-amamba-common';
import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import {
  readFilterPredicateFromConfig,
  type FilterPredicate,
} from '@backstage/filter-predicates';
import { z } from 'zod';

/** Who has which role when no policy says otherwise. */
export interface RolesConfig {
  /** role of a group's members in its workspace */
  members: WorkspaceRole | 'none';
  /** whether members of a parent group are members of its children's workspaces */
  inherit: boolean;
  grants: {
    role: WorkspaceRole;
    subjects: string[];
    /** group references; absent: all workspaces */
    workspaces?: string[];
  }[];
}

/** One Jenkins controller. */
export interface JenkinsConfig {
  id: string;
  title: string;
  baseUrl: string;
  username: string;
  apiToken: string;
  /** folder that holds one folder a workspace; absent: the root */
  rootFolder?: string;
  /** secret that Jenkins' events come with; absent: events of this instance are refused */
  eventToken?: string;
  /** file with certificates to trust besides the system's */
  caFile?: string;
}

/** The `amamba` section of app-config. */
export interface AmambaConfig {
  workspaceFilter: FilterPredicate;
  roles: RolesConfig;
  /**
   * `roles`: a role by configuration is needed, and the permission policy can only forbid; `policy`: the permission
   * policy alone decides.
   */
  authorization: 'roles' | 'policy';
  jenkins: JenkinsConfig[];
  /** where a development machine says how its clusters are coming up */
  clusterStatusFile?: string;
  /** namespaces that no workspace can own, besides those of Kubernetes */
  reservedNamespaces: string[];
}

/** Subjects whom the configuration makes admins of every workspace: they look after the platform too. */
export function platformAdmins({ grants }: RolesConfig): string[] {
  return grants
    .filter(({ role, workspaces }) => role === 'admin' && !workspaces)
    .flatMap(({ subjects }) => subjects);
}

const subjectSchema = z
  .string()
  .regex(
    /^(?:user|group):[A-Za-z0-9_.-]+\/[A-Za-z0-9_.-]+$/i,
    'must be a user or group reference such as group:default/team-a',
  )
  .transform(value => value.toLocaleLowerCase('en-US'));

/** Where portals and controllers usually live. */
const RESERVED_NAMESPACES = [
  'amamba',
  'argo-rollouts',
  'argocd',
  'backstage',
  'cert-manager',
  'ingress-nginx',
  'istio-system',
  'local-path-storage',
  'monitoring',
];

const rolesSchema = z
  .strictObject({
    members: z.enum([...workspaceRoleSchema.options, 'none']).default('editor'),
    inherit: z.boolean().default(true),
    grants: z
      .array(
        z.strictObject({
          role: workspaceRoleSchema,
          subjects: z.array(subjectSchema).min(1),
          workspaces: z
            .array(z.string())
            .transform(names =>
              names.map(name =>
                name.includes(':')
                  ? name.toLocaleLowerCase('en-US')
                  : workspaceRef(name),
              ),
            )
            .optional(),
        }),
      )
      .default([]),
  })
  .prefault({});

const jenkinsSchema = z.strictObject({
  id: engineIdSchema,
  title: z.string().optional(),
  baseUrl: z.url({ protocol: /^https?$/ }),
  username: z.string().min(1),
  apiToken: z.string().min(1),
  rootFolder: z
    .string()
    .regex(/^[A-Za-z0-9_.-]+(?:\/[A-Za-z0-9_.-]+)*$/)
    .optional(),
  eventToken: z.string().min(16).optional(),
  caFile: z.string().optional(),
});

/**
 * A part of the configuration in the form that its schema says.
 * @throws InputError with the path of what is wrong, never with its value
 */
export function parseConfig<S extends z.ZodType>(
  schema: S,
  value: unknown,
  path: string,
): z.output<S> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const where = [path, ...issue.path.map(String)].join('.');
  throw new InputError(`Configuration ${where}: ${issue.message}`);
}

/**
 * Reads the `amamba` section once. A wrong value throws with its path and never with the value itself, which may be
 * a secret.
 */
export function readAmambaConfig(root: Config): AmambaConfig {
  const config = root.getOptionalConfig('amamba');
  const jenkins = parseConfig(
    z.array(jenkinsSchema),
    config?.getOptional('jenkins.instances') ?? [],
    'amamba.jenkins.instances',
  );
  if (new Set(jenkins.map(({ id }) => id)).size !== jenkins.length) {
    throw new InputError('Configuration amamba.jenkins.instances: ids repeat');
  }
  return {
    workspaceFilter: config?.has('workspaces.filter')
      ? readFilterPredicateFromConfig(config, { key: 'workspaces.filter' })
      : { kind: 'Group' },
    roles: parseConfig(
      rolesSchema,
      config?.getOptional('roles') ?? {},
      'amamba.roles',
    ),
    authorization: parseConfig(
      z.enum(['roles', 'policy']),
      config?.getOptional('authorization') ?? 'roles',
      'amamba.authorization',
    ),
    clusterStatusFile: parseConfig(
      z.string().optional(),
      config?.getOptional('clusters.statusFile'),
      'amamba.clusters.statusFile',
    ),
    reservedNamespaces: parseConfig(
      z.array(z.string()),
      config?.getOptional('namespaces.reserved') ?? RESERVED_NAMESPACES,
      'amamba.namespaces.reserved',
    ),
    jenkins: jenkins.map(({ title, baseUrl, ...rest }) => ({
      ...rest,
      title: title ?? rest.id,
      baseUrl: baseUrl.replace(/\/+$/, ''),
    })),
  };
}
