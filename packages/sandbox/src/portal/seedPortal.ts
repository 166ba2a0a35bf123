import { AmambaClient } from '@amamba/backstage-plugin-amamba-common';
import { SAMPLE_WORKSPACE, samplePipelines } from './samplePipelines';

const RETRY_MS = 1_000;

function statusOf(error: unknown): number | undefined {
  const { statusCode } = error as { statusCode?: unknown };
  return typeof statusCode === 'number' ? statusCode : undefined;
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
  const workspace = SAMPLE_WORKSPACE;
  const created: string[] = [];
  for (const draft of samplePipelines(gitUrl)) {
    for (;;) {
      signal.throwIfAborted();
      try {
        await client.call(
          'createPipeline',
          { params: { workspace }, body: draft },
          { signal },
        );
        created.push(draft.name);
        break;
      } catch (error) {
        const status = statusOf(error);
        if (status === 409) break;
        // Not up yet: no answer at all, no plugin, no catalog.
        const starting =
          status === undefined || status === 404 || status >= 500;
        if (!starting) throw error;
        await pause(RETRY_MS);
      }
    }
  }
  return created;
}
