import type { EventRow } from '@amamba/backstage-plugin-amamba-common';
import { useAmambaApi } from '../../../../api';
import { useLive, type Live } from '../../../../hooks/useLive';
import { followApplication, useApplication } from '../applicationScope';

/** What happened to the objects of the application, kept fresh. */
export function useEvents(): Live<{ items: EventRow[] }> {
  const api = useAmambaApi();
  const { address } = useApplication();
  return useLive(
    signal =>
      api.call('listApplicationEvents', { params: address }, { signal }),
    followApplication(address, 'events'),
  );
}
