import { applicationKeySchema } from '@amamba/backstage-plugin-amamba-common';
import { useState } from 'react';
import { Route, Routes } from 'react-router-dom';
import { useAmambaApi } from '../../../api';
import { Crumb, PageHeader } from '../../../components/Page';
import { LiveView, NoPermission } from '../../../components/States';
import { useAmambaRoutes } from '../../../hooks/useAmambaRoutes';
import { useLive } from '../../../hooks/useLive';
import { useUrlState } from '../../../hooks/useUrlState';
import { useMay, useWorkspace } from '../../../hooks/useWorkspace';
import { useAmambaTranslation } from '../../../translation';
import { BackToApplications } from '../list/ApplicationsPage';
import { ApplicationEditor } from './editor/ApplicationEditor';
import { ImportPage } from './ImportPage';
import { StartForm } from './StartForm';
import { WayCards } from './WayCards';

const CREATE = 'amamba.application.create';

/** The ways to a new application. */
export default function CreateRoutes() {
  const { t } = useAmambaTranslation();
  const { workbench } = useAmambaRoutes();
  const workspace = useWorkspace();
  const { allowed } = useMay(CREATE);
  if (!allowed) {
    return (
      <>
        <PageHeader
          title={t('createApplication.title', { workspace: workspace.title })}
        />
        <NoPermission permission={CREATE} />
      </>
    );
  }
  return (
    <Crumb
      label={t('applications.create')}
      href={workbench.newApplication(workspace.name)}
    >
      <Routes>
        <Route index element={<WayCards />} />
        <Route path="form" element={<FormPage />} />
        <Route path="yaml" element={<YamlPage />} />
        <Route path="import" element={<ImportPage />} />
        <Route path="*" element={<BackToApplications />} />
      </Routes>
    </Crumb>
  );
}

function FormPage() {
  const { t } = useAmambaTranslation();
  const workspace = useWorkspace();
  const from = useOther();
  const [start, setStart] = useState<string>();
  let content = <StartForm onStart={setStart} />;
  if (start !== undefined) content = <ApplicationEditor form start={start} />;
  else if (from) content = <FromOther from={from} />;
  return (
    <>
      <PageHeader
        title={t('createApplication.formTitle', {
          workspace: workspace.title,
        })}
      />
      {content}
    </>
  );
}

function YamlPage() {
  const { t } = useAmambaTranslation();
  const workspace = useWorkspace();
  return (
    <>
      <PageHeader
        title={t('createApplication.yamlTitle', {
          workspace: workspace.title,
        })}
      />
      <ApplicationEditor form={false} start="" />
    </>
  );
}

/** The application to start from, as the address names it: `from=cluster/namespace/kind/name`. */
function useOther() {
  const [cluster, namespace, kind, name] = (
    useUrlState().get('from') ?? ''
  ).split('/');
  const key = applicationKeySchema.safeParse({
    cluster,
    namespace,
    kind,
    name,
  });
  return key.success ? key.data : undefined;
}

function FromOther(props: { from: NonNullable<ReturnType<typeof useOther>> }) {
  const { t } = useAmambaTranslation();
  const api = useAmambaApi();
  const { name: workspace } = useWorkspace();
  const { from } = props;
  const live = useLive(
    signal =>
      api.call(
        'exportApplication',
        { params: { workspace, ...from } },
        { signal },
      ),
    { key: JSON.stringify(from), watch: false },
  );
  return (
    <LiveView
      live={live}
      failed={t('createApplication.fromFailed', { application: from.name })}
      back={<BackToApplications />}
    >
      {({ yaml }) => <ApplicationEditor form start={yaml} />}
    </LiveView>
  );
}
