import {
  releaseNameSchema,
  type ChartDetail,
} from '@amamba/backstage-plugin-amamba-common';
import { Link } from '@backstage/core-components';
import { useId, useState } from 'react';
import { useNavigate, useParams } from 'react-router-dom';
import { useAmambaApi } from '../../../api';
import { FormField } from '../../../components/Form';
import { Crumb, PageHeader, Section } from '../../../components/Page';
import { LiveView, NoPermission } from '../../../components/States';
import { useAmambaRoutes } from '../../../hooks/useAmambaRoutes';
import { useToast } from '../../../hooks/useToast';
import { useUrlState } from '../../../hooks/useUrlState';
import { useMay, useWorkspace } from '../../../hooks/useWorkspace';
import { useAmambaTranslation } from '../../../translation';
import { useTarget } from '../new/editor/TargetFields';
import { useChart } from './ChartPage';
import { ReleaseForm } from './ReleaseForm';

const CREATE = 'amamba.application.create';

/** Installs a chart. */
export function InstallPage() {
  const { t } = useAmambaTranslation();
  const { workbench } = useAmambaRoutes();
  const { name: workspace } = useWorkspace();
  const { repository = '', chart: name = '' } = useParams();
  const url = useUrlState();
  const live = useChart(repository, name, url.get('version'));
  const { allowed } = useMay(CREATE);
  const href = workbench.chart(workspace, repository, name);
  return (
    <Crumb label={name} href={href}>
      <PageHeader title={t('helm.install.title', { chart: name })} />
      {allowed ? (
        <LiveView
          live={live}
          failed={t('helm.chartFailed')}
          back={
            <Link to={workbench.charts(workspace)}>{t('helm.toCharts')}</Link>
          }
        >
          {chart => <Install chart={chart} />}
        </LiveView>
      ) : (
        <NoPermission permission={CREATE} />
      )}
    </Crumb>
  );
}

function Install(props: { chart: ChartDetail }) {
  const { t } = useAmambaTranslation();
  const api = useAmambaApi();
  const url = useUrlState();
  const toast = useToast();
  const navigate = useNavigate();
  const id = useId();
  const { workbench } = useAmambaRoutes();
  const { name: workspace } = useWorkspace();
  const { chart } = props;
  const [name, setName] = useState(
    chart.name.split('/').pop()?.slice(0, 53) ?? '',
  );
  const { target, section } = useTarget();
  const valid = releaseNameSchema.safeParse(name).success;
  let refused: string | undefined;
  if (!target) refused = t('createApplication.noNamespace');
  else if (!valid) refused = t('helm.install.nameHelp');
  return (
    <ReleaseForm
      chart={chart}
      target={target && { ...target, name }}
      refused={refused}
      confirm={t('helm.install.confirm', { release: name })}
      failed={t('helm.install.failed')}
      onVersion={version => url.set({ version })}
      perform={draft =>
        api.call('installRelease', { params: { workspace }, body: draft })
      }
      onDone={() => {
        toast.done(t('helm.install.done', { release: name }));
        navigate(
          target
            ? workbench.application({
                workspace,
                ...target,
                kind: 'helm',
                name,
              })
            : workbench.applications(workspace),
        );
      }}
      onCancel={() =>
        navigate(workbench.chart(workspace, chart.repository, chart.name))
      }
      head={
        <>
          {section}
          <Section title={t('helm.install.release')}>
            <FormField
              id={id}
              label={t('appForm.name')}
              required
              value={name}
              problem={valid ? undefined : t('helm.install.nameHelp')}
              help={t('helm.install.nameHelp')}
              onChange={event => setName(event.target.value)}
              inputProps={{ autoComplete: 'off', spellCheck: false }}
            />
          </Section>
        </>
      }
    />
  );
}
