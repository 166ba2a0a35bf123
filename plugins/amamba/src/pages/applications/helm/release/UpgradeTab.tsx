import type { HelmRelease } from '@amamba/backstage-plugin-amamba-common';
import { useId, type ReactNode } from 'react';
import { useNavigate } from 'react-router-dom';
import { useAmambaApi } from '../../../../api';
import { FormField } from '../../../../components/Form';
import { Section } from '../../../../components/Page';
import { EmptyState, LiveView } from '../../../../components/States';
import { useAmambaRoutes } from '../../../../hooks/useAmambaRoutes';
import { useLive } from '../../../../hooks/useLive';
import { useToast } from '../../../../hooks/useToast';
import { useUrlState } from '../../../../hooks/useUrlState';
import { useAmambaTranslation } from '../../../../translation';
import { useApplication } from '../../application/applicationScope';
import { useChart } from '../ChartPage';
import { ReleaseForm } from '../ReleaseForm';
import { useRepositories } from '../useRepositories';
import { ReleaseView, useReleaseNames, useReleaseRefusal } from './useRelease';

/** What the form does not ask. */
const RELEASE_DEFAULTS = {
  values: '',
  wait: true,
  atomic: true,
  timeoutSeconds: 300,
  forceConflicts: false,
  takeOwnership: false,
};

/** Upgrades a release: another version of its chart, other values. */
export default function UpgradeTab() {
  return <ReleaseView>{release => <Upgrade release={release} />}</ReleaseView>;
}

function Upgrade(props: { release: HelmRelease }) {
  const { t } = useAmambaTranslation();
  const url = useUrlState();
  const id = useId();
  const { release } = props;
  const repositories = useRepositories();
  return (
    <LiveView live={repositories} failed={t('helm.repositories.failed')}>
      {({ items }) => {
        const wanted = url.get('repository') ?? release.repository;
        const repository = (
          items.find(({ name }) => name === wanted) ?? items[0]
        )?.name;
        if (!repository) {
          return <EmptyState title={t('helm.repositories.none')} />;
        }
        return (
          <UpgradeForm
            key={repository}
            release={release}
            repository={repository}
            head={
              <Section title={t('helm.release.source')}>
                <FormField
                  id={id}
                  select
                  SelectProps={{ native: true }}
                  label={t('helm.repository')}
                  value={repository}
                  problem={undefined}
                  onChange={event =>
                    url.set({
                      repository: event.target.value,
                      version: undefined,
                    })
                  }
                >
                  {items.map(({ name, scope }) => (
                    <option key={`${scope}/${name}`} value={name}>
                      {name}
                    </option>
                  ))}
                </FormField>
              </Section>
            }
          />
        );
      }}
    </LiveView>
  );
}

function UpgradeForm(props: {
  release: HelmRelease;
  repository: string;
  head: ReactNode;
}) {
  const { t } = useAmambaTranslation();
  const api = useAmambaApi();
  const url = useUrlState();
  const toast = useToast();
  const navigate = useNavigate();
  const { here } = useAmambaRoutes();
  const { address } = useApplication();
  const names = useReleaseNames();
  const { release, repository } = props;
  const { latest } = release;
  const refused = useReleaseRefusal(release, 'amamba.application.update');
  const chart = useChart(
    repository,
    latest.chart,
    url.get('version') ?? latest.chartVersion,
  );
  const current = useLive(
    signal =>
      api.call(
        'getReleaseRevision',
        { params: { ...names, revision: latest.revision } },
        { signal },
      ),
    { key: JSON.stringify([names, latest.revision]), watch: false },
  );
  return (
    <>
      {props.head}
      <LiveView live={current} failed={t('helm.release.failed')}>
        {({ values }) => (
          <LiveView
            live={chart}
            failed={t('helm.chartFailed')}
            back={t('helm.release.noSuchVersion')}
          >
            {detail => (
              <ReleaseForm
                chart={detail}
                target={{
                  cluster: release.cluster,
                  namespace: release.namespace,
                  name: release.name,
                }}
                own={values}
                refused={
                  refused ??
                  (values === undefined
                    ? t('helm.release.valuesHidden')
                    : undefined)
                }
                confirm={t('helm.release.upgradeConfirm', {
                  release: release.name,
                })}
                failed={t('helm.release.upgradeFailed')}
                onVersion={version => url.set({ version })}
                perform={(draft, preview) => {
                  const { cluster, namespace, name, ...body } = draft;
                  return api.call('upgradeRelease', {
                    params: { ...names, cluster, namespace, name },
                    body: {
                      ...RELEASE_DEFAULTS,
                      ...body,
                      basis: preview.basis ?? latest.revision,
                    },
                  });
                }}
                onDone={() => {
                  toast.done(
                    t('helm.release.upgraded', { release: release.name }),
                  );
                  navigate(here.application(address, 'history'));
                }}
                onCancel={() => navigate(here.application(address))}
              />
            )}
          </LiveView>
        )}
      </LiveView>
    </>
  );
}
