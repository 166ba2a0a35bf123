import { z } from 'zod';
import { pagePlace } from '../contract/page';
import {
  entityRefSchema,
  instantSchema,
  pageSchema,
  searchTextSchema,
  workspaceNameSchema,
} from '../contract/primitives';

/** How an audited change ended: `refused` by permission, `failed` by an error. */
export const auditResultSchema = z.enum(['done', 'failed', 'refused']);
export type AuditResult = z.infer<typeof auditResultSchema>;

/** One change, or one attempt at it. Holds no secret. */
export const auditRecordSchema = z.object({
  id: z.string(),
  at: instantSchema,
  /** who: a user, or `plugin:amamba` for what the portal did by itself */
  actor: z.string(),
  workspace: workspaceNameSchema.optional(),
  /** `pipeline.create`, `run.approve` … */
  action: z.string(),
  /** `pipeline`, `run` … */
  objectKind: z.string(),
  /** `shop`, `shop #42` */
  objectName: z.string(),
  result: auditResultSchema,
  /** why it failed or was refused */
  reason: z.string().optional(),
  details: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
});
export type AuditRecord = z.infer<typeof auditRecordSchema>;

export const auditQuerySchema = z.object({
  q: searchTextSchema.optional(),
  /** an actor's entity reference */
  who: entityRefSchema.optional(),
  /** an action, or its first part: `run` */
  what: z.string().max(100).optional(),
  result: auditResultSchema.optional(),
  from: instantSchema.optional(),
  to: instantSchema.optional(),
  ...pagePlace,
});
export type AuditQuery = z.infer<typeof auditQuerySchema>;

export const auditPageSchema = pageSchema(auditRecordSchema);
export type AuditPage = z.infer<typeof auditPageSchema>;
