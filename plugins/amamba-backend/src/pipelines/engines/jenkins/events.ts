import type {
  EngineEvent,
  EnginePipelineRef,
} from '@amamba/backstage-plugin-amamba-node';
import { z } from 'zod';
import type { JenkinsConfig } from '../../../config';
import { fullNameOf, JenkinsAddresses, PIPELINE_CLASS } from './addresses';

const envelopeSchema = z.object({
  id: z.string().min(1).max(200),
  type: z.string(),
  dataType: z.string().nullish(),
});
const runDataSchema = z.object({
  data: z.object({
    number: z.number().int().positive(),
    queueId: z.number().int().nullish(),
    _parentFullName: z.string(),
    _projectName: z.string(),
    _multiBranch: z.boolean().nullish(),
  }),
});
const itemDataSchema = z.object({ data: z.object({ fullName: z.string() }) });
const moveSchema = z.object({ metaData: z.object({ oldUrl: z.string() }) });

const ITEM_TYPES = new Map<string, EngineEvent['type']>([
  ['item.created', 'pipelineChanged'],
  ['item.updated', 'pipelineChanged'],
  ['item.deleted', 'pipelineDeleted'],
]);

/**
 * Reads what Jenkins' plugin generic-event posts.
 *
 * @returns undefined for what is none of the portal's pipelines, and for anything that is not understood: whatever an
 *   event would have told is found by polling too
 */
export function readJenkinsEvent(
  body: unknown,
  config: JenkinsConfig,
): EngineEvent | undefined {
  const envelope = envelopeSchema.safeParse(body);
  if (!envelope.success) return undefined;
  const { id, type, dataType } = envelope.data;
  const addresses = new JenkinsAddresses(config);
  const about = (
    kind: EngineEvent['type'],
    ref: EnginePipelineRef | undefined,
  ): EngineEvent | undefined => ref && { id, type: kind, ref };

  const run = runDataSchema.safeParse(body);
  if (type.startsWith('run.') && run.success) {
    const { data } = run.data;
    if (data._multiBranch) return undefined;
    const fullName = `${data._parentFullName}/${data._projectName}`;
    const event = about(
      type === 'run.deleted' ? 'runDeleted' : 'runChanged',
      addresses.refOf(fullName),
    );
    return (
      event && {
        ...event,
        run: data.number,
        queueId:
          data.queueId && data.queueId > 0 ? String(data.queueId) : undefined,
      }
    );
  }
  if (dataType !== PIPELINE_CLASS) return undefined;
  const move = moveSchema.safeParse(body);
  if (type === 'item.locationChanged' && move.success) {
    const fullName = fullNameOf(move.data.metaData.oldUrl);
    return about('pipelineDeleted', addresses.refOf(fullName ?? ''));
  }
  const item = itemDataSchema.safeParse(body);
  const kind = ITEM_TYPES.get(type);
  return kind && item.success
    ? about(kind, addresses.refOf(item.data.data.fullName))
    : undefined;
}
