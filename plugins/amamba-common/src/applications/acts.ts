import { z } from 'zod';
import { objectNameSchema } from '../clusters/schema';
import { diffSchema, workloadKindSchema } from './schema';

/** An image reference: at most 1,000 characters, nothing but what registries take. */
export const imageSchema = z
  .string()
  .min(1)
  .max(1000)
  .regex(
    /^(?:[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?(?::\d{1,5})?\/)?[a-z0-9]+(?:(?:\.|_{1,2}|-+|\/)[a-z0-9]+)*(?::[A-Za-z0-9_][A-Za-z0-9_.-]{0,127})?(?:@[A-Za-z][A-Za-z0-9]*(?:[+._-][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,})?$/,
    'must be an image such as registry.example.com/team/shop:1.4.2',
  );

/** The workload that an act is aimed at; it must belong to the application. */
const workload = z.object({
  workload: z.object({ kind: workloadKindSchema, name: objectNameSchema }),
});

/** What can be done to a workload. */
export const workloadActSchema = z.discriminatedUnion('act', [
  workload.extend({
    act: z.literal('scale'),
    replicas: z.number().int().min(0).max(10_000),
  }),
  workload.extend({ act: z.literal('restart') }),
  workload.extend({ act: z.literal('stop') }),
  workload.extend({ act: z.literal('start') }),
  workload.extend({ act: z.literal('pause') }),
  workload.extend({ act: z.literal('resume') }),
  workload.extend({
    act: z.literal('image'),
    images: z
      .array(z.object({ container: z.string().max(63), image: imageSchema }))
      .min(1)
      .max(50),
  }),
  workload.extend({
    act: z.literal('rollback'),
    /** `id` of the revision */
    revision: z.string().max(253),
  }),
  workload.extend({ act: z.literal('trigger') }),
  workload.extend({ act: z.literal('suspend') }),
  workload.extend({ act: z.literal('unsuspend') }),
]);
export type WorkloadAct = z.infer<typeof workloadActSchema>;

/** What an act will do, said before it is done. */
export const consequenceSchema = z.object({
  /** in English; `code` and `params` let another language say it */
  will: z.array(
    z.object({
      code: z.string(),
      params: z.record(z.string(), z.union([z.string(), z.number()])),
      sentence: z.string(),
    }),
  ),
  warnings: z.array(
    z.object({
      code: z.string(),
      params: z.record(z.string(), z.union([z.string(), z.number()])),
      sentence: z.string(),
    }),
  ),
  diff: z.array(diffSchema),
  /** state that was looked at; pass it with the act, and it is refused (409) when something changed since */
  basis: z.string(),
});
export type Consequence = z.infer<typeof consequenceSchema>;

export const actRequestSchema = z.object({
  act: workloadActSchema,
  /** `basis` of the preview; absent: whatever is there now */
  basis: z.string().max(200).optional(),
});

export const propagationSchema = z.enum(['background', 'foreground', 'orphan']);
export type Propagation = z.infer<typeof propagationSchema>;

export const deleteApplicationSchema = z.object({
  propagation: propagationSchema.default('background'),
  /** the application's name, typed, when data would be lost */
  confirm: z.string().max(253).optional(),
  /** objects to leave: `Kind/name` */
  keep: z.array(z.string().max(400)).max(200).default([]),
});

/**
 * Manifests as a user wrote them. Each document is the whole of what the portal wants of its object: fields of the portal's that it
 * leaves out are taken away.
 */
export const manifestDraftSchema = z.object({
  /** one or several YAML documents, at most 1 MB together */
  yaml: z.string().min(1).max(1_000_000),
  /** take over fields that others manage */
  force: z.boolean().default(false),
  /** `resourceVersion` of the manifest that was edited; another one is a conflict (409) */
  resourceVersion: z.string().max(100).optional(),
});
export type ManifestDraft = z.infer<typeof manifestDraftSchema>;

/** A problem in a user's text or form, where it stands. */
export const manifestProblemSchema = z.object({
  /** in English; for what the portal itself checks, `code` and `params` say it in another language (`manifestMessages`) */
  message: z.string(),
  code: z.string().optional(),
  params: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
  /** `spec.replicas` */
  path: z.string().optional(),
  /** 1-based */
  line: z.number().int().positive().optional(),
  object: z.string().optional(),
  /** who manages the field that is in conflict */
  manager: z.string().optional(),
  kind: z.enum(['invalid', 'forbidden', 'conflict', 'quota', 'warning']),
  remedy: z.string().optional(),
});
export type ManifestProblem = z.infer<typeof manifestProblemSchema>;

/** Answer of a dry run: nothing has been written. */
export const manifestCheckSchema = z.object({
  ok: z.boolean(),
  diff: z.array(diffSchema),
  problems: z.array(manifestProblemSchema),
});
export type ManifestCheck = z.infer<typeof manifestCheckSchema>;
