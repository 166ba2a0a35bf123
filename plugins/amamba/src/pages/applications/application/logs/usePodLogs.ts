import { useEffect, useMemo, useRef, useState } from 'react';
import { useAmambaApi } from '../../../../api';
import type { LogStream, StreamState } from '../../../../components/LogViewer';
import type { ApplicationAddress } from '../../../../links';
import { useAmambaTranslation } from '../../../../translation';
import { PodLogStream, type PodLogNotice } from './PodLogStream';

/** Lines of each container that are there when the page opens. */
const TAIL = 500;

/** Which logs of an application. */
export interface PodLogChoice {
  /** none: all of them, as far as they are read together */
  pods: readonly string[];
  container: string | undefined;
  previous: boolean;
}

/** Logs of an application as they stream; another choice begins anew. */
export function usePodLogs(
  address: ApplicationAddress,
  choice: PodLogChoice,
): LogStream {
  const api = useAmambaApi();
  const { t } = useAmambaTranslation();
  const describe = useRef<(notice: PodLogNotice) => string>(() => '');
  describe.current = ({ pod, container, code, message }) =>
    t(`applications.logs.notices.${code}`, {
      name: container ? `${pod}/${container}` : pod,
      message,
    });
  const pods = choice.pods.join(',');
  const { container, previous } = choice;
  const [state, setState] = useState<StreamState>();
  const stream = useMemo(
    () =>
      new PodLogStream({
        open: (part, signal) =>
          api.open(
            'readPodLogs',
            {
              params: address,
              query: {
                ...(pods && { pods }),
                ...(container && { container }),
                ...(previous ? { previous: 'true' } : { follow: 'true' }),
                tail: TAIL,
                ...part,
              },
            },
            { signal },
          ),
        follow: !previous,
        describe: notice => describe.current(notice),
        report: setState,
      }),
    [api, address, pods, container, previous],
  );
  useEffect(() => {
    setState(undefined);
    stream.start();
    return () => stream.stop();
  }, [stream]);
  const acts = useMemo(
    () => ({
      setFollowing: (following: boolean) => stream.setFollowing(following),
      search: (pattern: RegExp | undefined) => stream.search(pattern),
      restart: () => stream.start(),
    }),
    [stream],
  );
  return { ...acts, state: state ?? stream.state };
}
