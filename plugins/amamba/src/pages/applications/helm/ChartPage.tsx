import type { ChartDetail } from '@amamba/backstage-plugin-amamba-common';
import { Link, MarkdownContent } from '@backstage/core-components';
import { useId } from 'react';
import { useParams } from 'react-router-dom';
import { useAmambaApi } from '../../../api';
import { ActionButton } from '../../../components/Action';
import { Banner } from '../../../components/Banner';
import { FormField } from '../../../components/Form';
import { Crumb, FactList, PageHeader, Section } from '../../../components/Page';
import { LiveView } from '../../../components/States';
import { YamlEditor } from '../../../components/YamlEditor';
import { useAmambaRoutes } from '../../../hooks/useAmambaRoutes';
import { useLive, type Live } from '../../../hooks/useLive';
import { useUrlState, type UrlState } from '../../../hooks/useUrlState';
import { useMay, useWorkspace } from '../../../hooks/useWorkspace';
import { useAmambaTranslation } from '../../../translation';

/** A version of a chart; the newest when none is named. */
export function useChart(
  repository: string,
  chart: string,
  version: string | undefined,
): Live<ChartDetail> {
  const api = useAmambaApi();
  const { name: workspace } = useWorkspace();
  return useLive(
    signal =>
      api.call(
        'getChart',
        { params: { workspace, repository, chart }, query: { version } },
        { signal },
      ),
    {
      key: JSON.stringify([workspace, repository, chart, version]),
      identity: JSON.stringify([workspace, repository, chart]),
      watch: false,
    },
  );
}

/** A chart: what it is, its readme and values, its versions. */
export function ChartPage() {
  const { t } = useAmambaTranslation();
  const { workbench } = useAmambaRoutes();
  const { name: workspace } = useWorkspace();
  const { repository = '', chart: name = '' } = useParams();
  const url = useUrlState();
  const version = url.get('version');
  const live = useChart(repository, name, version);
  const { reason } = useMay('amamba.application.create');
  const install = workbench.chart(workspace, repository, name, 'install');
  return (
    <Crumb label={name} href={workbench.chart(workspace, repository, name)}>
      <PageHeader
        title={name}
        acts={
          <ActionButton
            variant="contained"
            refused={reason}
            to={
              version
                ? `${install}?${new URLSearchParams({ version })}`
                : install
            }
          >
            {t('helm.install.act')}
          </ActionButton>
        }
      />
      <LiveView
        live={live}
        failed={t('helm.chartFailed')}
        back={
          <Link to={workbench.charts(workspace)}>{t('helm.toCharts')}</Link>
        }
      >
        {chart => <About chart={chart} url={url} />}
      </LiveView>
    </Crumb>
  );
}

function About(props: { chart: ChartDetail; url: UrlState }) {
  const { t } = useAmambaTranslation();
  const { chart, url } = props;
  const outside = [chart.home, ...chart.sources].flatMap(address =>
    address && /^https?:\/\//.test(address) ? address : [],
  );
  return (
    <>
      {chart.deprecated && (
        <Banner severity="warning">{t('helm.deprecatedHelp')}</Banner>
      )}
      <Section title={t('helm.about')}>
        <VersionField
          chart={chart}
          onChange={version => url.set({ version })}
        />
        <FactList
          facts={[
            [t('helm.description'), chart.description],
            [t('helm.appVersion'), chart.appVersion],
            [t('helm.repository'), chart.repository],
            [t('helm.kubeVersion'), chart.kubeVersion],
            [
              t('helm.links'),
              outside.length > 0 &&
                outside.map(address => (
                  <div key={address}>
                    <Link to={address}>{address}</Link>
                  </div>
                )),
            ],
          ]}
        />
      </Section>
      <Section title={t('helm.readme')}>
        {chart.readme ? (
          <MarkdownContent content={chart.readme} dialect="gfm" />
        ) : (
          t('helm.noReadme')
        )}
      </Section>
      <Section title={t('helm.defaults')}>
        <YamlEditor label={t('helm.defaults')} value={chart.defaultValues} />
      </Section>
    </>
  );
}

/** The versions of a chart, newest first. */
export function VersionField(props: {
  chart: ChartDetail;
  onChange: (version: string) => void;
}) {
  const { t } = useAmambaTranslation();
  const id = useId();
  const { chart } = props;
  return (
    <FormField
      id={id}
      select
      SelectProps={{ native: true }}
      label={t('helm.version')}
      value={chart.version}
      problem={undefined}
      onChange={event => props.onChange(event.target.value)}
    >
      {chart.versions.map(({ version, appVersion }) => (
        <option key={version} value={version}>
          {appVersion ? `${version} (${appVersion})` : version}
        </option>
      ))}
    </FormField>
  );
}
