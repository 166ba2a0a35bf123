import { PortalAccess, portalClient, whenUp } from './portalClient';
import { SAMPLE_WORKSPACE, samplePipelines } from './samplePipelines';

/**
 * Creates the sample pipelines in a running portal through its public API, those that are missing. Waits until the
 * portal and its catalog answer.
 * @returns names of the pipelines that were created
 */
export async function seedPortal(
  options: PortalAccess & { gitUrl: string; signal: AbortSignal },
): Promise<string[]> {
  const { gitUrl, signal } = options;
  const client = portalClient(options);
  const params = { workspace: SAMPLE_WORKSPACE };
  const { items } = await whenUp(signal, () =>
    client.call('listPipelines', { params, query: { limit: 200 } }, { signal }),
  );
  const existing = new Set(items.map(({ name }) => name));
  // one that is there is not asked for: the audit would tell of a failure at each start
  const missing = samplePipelines(gitUrl).filter(
    ({ name }) => !existing.has(name),
  );
  for (const draft of missing) {
    await whenUp(signal, () =>
      client.call('createPipeline', { params, body: draft }, { signal }),
    );
  }
  return missing.map(({ name }) => name);
}
