import { useMemo } from 'react';
import {
  alertApiRef,
  useApiHolder,
  type AlertApi,
} from '@backstage/core-plugin-api';
import { toError } from '@backstage/errors';
import { toastApiRef, type ToastApi } from '@backstage/frontend-plugin-api';

const DONE_MS = 6000;
const PROBLEM_MS = 20_000;

/** Short news at the edge of the screen. */
export interface Toast {
  done(title: string, link?: { label: string; href: string }): void;
  /** @param error - what was caught */
  failed(title: string, error: unknown): void;
}

function byToast(api: ToastApi): Toast {
  return {
    done: (title, link) => {
      api.post({
        title,
        status: 'success',
        timeout: DONE_MS,
        links: link && [link],
      });
    },
    failed: (title, error) => {
      api.post({
        title,
        description: toError(error).message,
        status: 'danger',
        timeout: PROBLEM_MS,
      });
    },
  };
}

function byAlert(api: AlertApi): Toast {
  return {
    done: title =>
      api.post({ message: title, severity: 'success', display: 'transient' }),
    failed: (title, error) =>
      api.post({
        message: `${title} ${toError(error).message}`,
        severity: 'error',
      }),
  };
}

/** Short news at the edge of the screen, in portals of either frontend system. */
export function useToast(): Toast {
  const apis = useApiHolder();
  return useMemo(() => {
    const toastApi = apis.get(toastApiRef);
    if (toastApi) return byToast(toastApi);
    const alertApi = apis.get(alertApiRef);
    return alertApi
      ? byAlert(alertApi)
      : { done: () => undefined, failed: () => undefined };
  }, [apis]);
}
