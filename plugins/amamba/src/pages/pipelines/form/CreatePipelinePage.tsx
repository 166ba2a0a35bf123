import Card from '@material-ui/core/Card';
import CardActionArea from '@material-ui/core/CardActionArea';
import CardContent from '@material-ui/core/CardContent';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import { useState } from 'react';
import { Link, useNavigate } from 'react-router-dom';
import { useAmambaApi } from '../../../api';
import { SaveBar, useLeaveGuard, useSave } from '../../../components/Form';
import { PageHeader } from '../../../components/Page';
import { NoPermission } from '../../../components/States';
import { useAmambaRoutes } from '../../../hooks/useAmambaRoutes';
import { useLive } from '../../../hooks/useLive';
import { useToast } from '../../../hooks/useToast';
import { useUrlState } from '../../../hooks/useUrlState';
import { useMay, useWorkspace } from '../../../hooks/useWorkspace';
import { useAmambaTranslation } from '../../../translation';
import { draftOf, emptyForm, type PipelineForm } from './formState';
import { ParametersEditor } from './ParametersEditor';
import { isShown, SettingsFields, SourceFields } from './PipelineFields';
import { usePipelineForm } from './usePipelineForm';

const CREATE = 'amamba.pipeline.create';
const TYPES = ['repository', 'script'] as const;

const useStyles = makeStyles(theme => ({
  cards: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fit, minmax(16rem, 1fr))',
    gap: theme.spacing(2),
    maxWidth: '60rem',
  },
  card: { height: '100%' },
}));

/** Creates a pipeline: where its Jenkinsfile comes from, then the form. */
export function CreatePipelinePage() {
  const { t } = useAmambaTranslation();
  const workspace = useWorkspace();
  const { allowed } = useMay(CREATE);
  const url = useUrlState();
  const type = TYPES.find(known => known === url.get('type'));
  return (
    <>
      <PageHeader
        title={t('pipelines.create.title', { workspace: workspace.title })}
      />
      {!allowed && <NoPermission permission={CREATE} />}
      {allowed && !type && <SourceCards entity={url.get('entity')} />}
      {allowed && type && (
        <CreateForm key={type} type={type} entity={url.get('entity')} />
      )}
    </>
  );
}

function SourceCards(props: { entity: string | undefined }) {
  const classes = useStyles();
  const { t } = useAmambaTranslation();
  return (
    <div className={classes.cards}>
      {TYPES.map(type => {
        const search = new URLSearchParams({ type });
        if (props.entity) search.set('entity', props.entity);
        return (
          <Card key={type} variant="outlined" className={classes.card}>
            <CardActionArea
              className={classes.card}
              component={Link}
              to={{ search: `?${search}` }}
              // a link is a link: the library would call it a button
              role={undefined}
            >
              <CardContent>
                <Typography variant="h6" component="h3">
                  {t(`pipelines.create.${type}`)}
                </Typography>
                <Typography variant="body2" color="textSecondary">
                  {t(`pipelines.create.${type}Help`)}
                </Typography>
              </CardContent>
            </CardActionArea>
          </Card>
        );
      })}
    </div>
  );
}

function CreateForm(props: {
  type: PipelineForm['sourceType'];
  entity: string | undefined;
}) {
  const { t } = useAmambaTranslation();
  const api = useAmambaApi();
  const toast = useToast();
  const navigate = useNavigate();
  const { here } = useAmambaRoutes();
  const workspace = useWorkspace().name;
  const [initial] = useState(() => emptyForm(props.type, props.entity));
  const state = usePipelineForm(initial);
  const guard = useLeaveGuard(state.dirty);
  const engines = useLive(
    signal => api.call('listEngines', { params: { workspace } }, { signal }),
    { key: workspace, watch: false },
  );
  const save = useSave(state, async () => {
    const pipeline = await api.call('createPipeline', {
      params: { workspace },
      body: draftOf(state.form),
    });
    toast.done(t('pipelines.create.done', { pipeline: pipeline.name }));
    guard.leave(here.pipeline(workspace, pipeline.name));
  });
  return (
    <>
      <form ref={save.form} onSubmit={save.submit} noValidate>
        <SourceFields state={state} engines={engines.data?.items} isNew />
        <SettingsFields
          state={state}
          parameters={<ParametersEditor state={state} />}
        />
        <SaveBar
          state={state}
          isShown={isShown}
          act={save.act}
          label={t('pipelines.create.confirm')}
          failed={t('pipelines.create.failed')}
          onCancel={() => navigate(here.pipelines(workspace))}
        />
      </form>
      {guard.dialog}
    </>
  );
}
