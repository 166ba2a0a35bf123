import { AmambaClient } from '@amamba/backstage-plugin-amamba-common';

const RETRY_MS = 1_000;

/** Whether the portal may be starting still: no answer at all, no plugin, no catalog. */
function isDown(error: unknown): boolean {
  const { name, statusCode } = error as { name?: string; statusCode?: number };
  if (statusCode === undefined) return name === 'TypeError';
  return statusCode === 404 || statusCode >= 500;
}

const pause = (ms: number) => new Promise(done => setTimeout(done, ms));

/** How the sandbox reaches a portal: its address and a static token of `backend.auth.externalAccess`. */
export interface PortalAccess {
  /** e.g. `http://127.0.0.1:7007` */
  portalUrl: string;
  token: string;
}

/** A client of the portal's public API. */
export function portalClient({ portalUrl, token }: PortalAccess): AmambaClient {
  return new AmambaClient({
    baseUrl: `${portalUrl}/api/amamba`,
    fetch: (url, init) => {
      const headers = new Headers(init?.headers);
      headers.set('Authorization', `Bearer ${token}`);
      return fetch(url, { ...init, headers });
    },
  });
}

/** Asks until the portal is up. */
export async function whenUp<T>(
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
