import Button from '@material-ui/core/Button';
import { useState } from 'react';
import { useNavigate } from 'react-router-dom';
import type { Pipeline } from '@amamba/backstage-plugin-amamba-common';
import { useAmambaApi } from '../../../api';
import { Banner } from '../../../components/Banner';
import { SaveBar, useLeaveGuard, useSave } from '../../../components/Form';
import { NoPermission } from '../../../components/States';
import { useAmambaRoutes } from '../../../hooks/useAmambaRoutes';
import { useToast } from '../../../hooks/useToast';
import { useMayOn } from '../../../hooks/useWorkspace';
import { useAmambaTranslation } from '../../../translation';
import { draftOf, formOf } from '../form/formState';
import { ParametersEditor } from '../form/ParametersEditor';
import { isShown, SettingsFields, SourceFields } from '../form/PipelineFields';
import { usePipelineForm } from '../form/usePipelineForm';
import { DeclaredParameters } from './DeclaredParameters';

const UPDATE = 'amamba.pipeline.update';

/**
 * Edits the settings of a pipeline. What is edited stays while the pipeline is renewed; when somebody else was faster,
 * the form says so and can be started again.
 */
export function EditSettingsView(props: {
  pipeline: Pipeline;
  onSaved: () => void;
}) {
  const { t } = useAmambaTranslation();
  const { pipeline } = props;
  const { allowed } = useMayOn(pipeline, UPDATE);
  const [edited, setEdited] = useState(pipeline);
  if (!allowed) return <NoPermission permission={UPDATE} />;
  return (
    <>
      {edited.version !== pipeline.version && (
        <Banner
          severity="warning"
          actions={
            <Button size="small" onClick={() => setEdited(pipeline)}>
              {t('pipelines.settings.startAgain')}
            </Button>
          }
        >
          {t('pipelines.settings.changedMeanwhile')}
        </Banner>
      )}
      <EditForm
        key={edited.version}
        pipeline={edited}
        onSaved={props.onSaved}
      />
    </>
  );
}

function EditForm(props: { pipeline: Pipeline; onSaved: () => void }) {
  const { t } = useAmambaTranslation();
  const api = useAmambaApi();
  const toast = useToast();
  const navigate = useNavigate();
  const { here } = useAmambaRoutes();
  const { pipeline } = props;
  const { name, workspace, version, declaredParameters } = pipeline;
  const [initial] = useState(() => formOf(pipeline));
  const state = usePipelineForm(initial);
  const guard = useLeaveGuard(state.dirty);
  const settings = here.pipeline(workspace, name, 'settings');
  const save = useSave(state, async () => {
    const { name: _name, engine: _engine, ...draft } = draftOf(state.form);
    await api.call('updatePipeline', {
      params: { workspace, pipeline: name },
      body: { ...draft, version },
    });
    toast.done(t('pipelines.settings.saved', { pipeline: name }));
    props.onSaved();
    guard.leave(settings);
  });
  return (
    <>
      <form ref={save.form} onSubmit={save.submit} noValidate>
        <SourceFields state={state} />
        <SettingsFields
          state={state}
          parameters={
            declaredParameters ? (
              <DeclaredParameters parameters={declaredParameters} />
            ) : (
              <ParametersEditor state={state} />
            )
          }
        />
        <SaveBar
          state={state}
          isShown={isShown}
          act={save.act}
          label={t('pipelines.settings.save')}
          failed={t('pipelines.settings.notSaved', { pipeline: name })}
          onCancel={() => navigate(settings)}
        />
      </form>
      {guard.dialog}
    </>
  );
}
