import type { HelmRelease } from '@amamba/backstage-plugin-amamba-common';
import type { ReactNode } from 'react';
import { useAmambaApi } from '../../../../api';
import { Banner } from '../../../../components/Banner';
import { LiveView } from '../../../../components/States';
import { useLive, type Live } from '../../../../hooks/useLive';
import { useMayOn } from '../../../../hooks/useWorkspace';
import { useAmambaTranslation } from '../../../../translation';
import {
  followApplication,
  useApplication,
} from '../../application/applicationScope';

/** What calls about the release of the page take as parameters. */
export function useReleaseNames() {
  const { workspace, cluster, namespace, name } = useApplication().address;
  return { workspace, cluster, namespace, name };
}

/** The release of the page, kept fresh. */
export function useRelease(): Live<HelmRelease> {
  const api = useAmambaApi();
  const { address } = useApplication();
  const names = useReleaseNames();
  return useLive(
    signal => api.call('getRelease', { params: names }, { signal }),
    followApplication(address, 'release'),
  );
}

/** Why the release can't be changed by the reader: a right or the portal lacks something; undefined when it can. */
export function useReleaseRefusal(
  release: HelmRelease,
  permission: string,
): string | undefined {
  const { reason } = useMayOn(release, permission);
  return reason ?? release.readOnly;
}

/** A view of the release, with what stands in the way of changing it. */
export function ReleaseView(props: {
  children: (release: HelmRelease, live: Live<HelmRelease>) => ReactNode;
}) {
  const { t } = useAmambaTranslation();
  const live = useRelease();
  return (
    <LiveView live={live} failed={t('helm.release.failed')}>
      {release => (
        <>
          {release.readOnly && (
            <Banner severity="info">
              {t('helm.release.readOnly')} {release.readOnly}
            </Banner>
          )}
          {props.children(release, live)}
        </>
      )}
    </LiveView>
  );
}
