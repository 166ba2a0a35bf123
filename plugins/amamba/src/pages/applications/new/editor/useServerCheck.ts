import type { ManifestCheck } from '@amamba/backstage-plugin-amamba-common';
import { toError } from '@backstage/errors';
import { useEffect, useState } from 'react';
import { useAmambaApi } from '../../../../api';

/** The API server is asked this long after the last change, in milliseconds. */
const SETTLED_MS = 700;

/** Where an application goes. */
export interface Target {
  cluster: string;
  namespace: string;
}

/** What the API server says of a text. */
export interface ServerCheck {
  /** of this very text and place; undefined while it is asked, and when there is nothing to ask about */
  check: ManifestCheck | undefined;
  error: Error | undefined;
  checking: boolean;
  /** asks again */
  retry: () => void;
}

/**
 * Lets the API server judge manifests without writing anything, after every change.
 * @param yaml - undefined while it is not worth asking about
 */
export function useServerCheck(
  workspace: string,
  target: Target | undefined,
  yaml: string | undefined,
): ServerCheck {
  const api = useAmambaApi();
  const [answer, setAnswer] = useState<{
    key: string;
    check?: ManifestCheck;
    error?: Error;
  }>();
  const [attempt, setAttempt] = useState(0);
  const { cluster, namespace } = target ?? {};
  const key = JSON.stringify([workspace, cluster, namespace, yaml, attempt]);
  const asks = yaml !== undefined && cluster !== undefined;
  useEffect(() => {
    if (yaml === undefined || !cluster || !namespace) return undefined;
    const abort = new AbortController();
    const timer = setTimeout(async () => {
      try {
        const check = await api.call(
          'checkManifests',
          { params: { workspace }, body: { cluster, namespace, yaml } },
          { signal: abort.signal },
        );
        if (!abort.signal.aborted) setAnswer({ key, check });
      } catch (error) {
        if (!abort.signal.aborted) setAnswer({ key, error: toError(error) });
      }
    }, SETTLED_MS);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [api, workspace, cluster, namespace, yaml, key]);
  const current = answer?.key === key ? answer : undefined;
  return {
    check: current?.check,
    error: current?.error,
    checking: asks && !current,
    retry: () => setAttempt(before => before + 1),
  };
}
