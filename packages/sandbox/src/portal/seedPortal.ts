import { AmambaClient } from '@amamba/backstage-plugin-amamba-common';
import { SAMPLE_WORKSPACE, samplePipelines } from './samplePipelines';

const RETRY_MS = 1_000;

/** Whether the portal may be starting still: no answer at all, no plugin, no catalog. */
function isDown(error: unknown): boolean {
  const { name, statusCode } = error as { name?: string; statusCode?: number };
  if (statusCode === undefined) return name === 'TypeError';
  return statusCode === 404 || statusCode >= 500;
}

const pause = (ms: number) => new Promise(done => setTimeout(done, ms));

/**
 * Creates the sample pipelines in a running portal through its public API, those that are missing. Waits until the
 * portal and its catalog answer.
 * @returns names of the pipelines that were created
 */
export async function seedPortal(options: {
  /** e.g. `http://127.0.0.1:7007` */
  portalUrl: string;
  /** static token of `backend.auth.externalAccess` */
  token: string;
  gitUrl: string;
  signal: AbortSignal;
}): Promise<string[]> {
  const { portalUrl, token, gitUrl, signal } = options;
  const client = new AmambaClient({
    baseUrl: `${portalUrl}/api/amamba`,
    fetch: (url, init) => {
      const headers = new Headers(init?.headers);
      headers.set('Authorization', `Bearer ${token}`);
      return fetch(url, { ...init, headers });
    },
  });
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

/** Asks until the portal is up. */
async function whenUp<T>(
  signal: AbortSignal,
  ask: () => Promise<T>,
): Promise<T> {
  for (;;) {
    signal.throwIfAborted();
    try {
      return await ask();
    } catch (error) {
      if (!isDown(error)) throw error;
      await pause(RETRY_MS);
    }
  }
}
