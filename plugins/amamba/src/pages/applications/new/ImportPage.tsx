import {
  isKubeName,
  type ApplicationResource,
} from '@amamba/backstage-plugin-amamba-common';
import Button from '@material-ui/core/Button';
import Checkbox from '@material-ui/core/Checkbox';
import FormControlLabel from '@material-ui/core/FormControlLabel';
import FormGroup from '@material-ui/core/FormGroup';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import { useId, useState, type FormEvent } from 'react';
import { useNavigate } from 'react-router-dom';
import { useAmambaApi } from '../../../api';
import { ActionButton } from '../../../components/Action';
import { FormField } from '../../../components/Form';
import { HealthStatus } from '../../../components/Health';
import { PageHeader, Section } from '../../../components/Page';
import { EmptyState, ErrorPanel, LiveView } from '../../../components/States';
import { useAct } from '../../../hooks/useAct';
import { useAmambaRoutes } from '../../../hooks/useAmambaRoutes';
import { useLive } from '../../../hooks/useLive';
import { useToast } from '../../../hooks/useToast';
import { useWorkspace } from '../../../hooks/useWorkspace';
import { useAmambaTranslation } from '../../../translation';
import { useTarget } from './editor/TargetFields';
import type { Target } from './editor/useServerCheck';

const useStyles = makeStyles(theme => ({
  row: { display: 'flex', flexWrap: 'wrap', gap: theme.spacing(0, 2) },
  acts: {
    display: 'flex',
    flexWrap: 'wrap',
    gap: theme.spacing(1),
    justifyContent: 'flex-end',
    maxWidth: '60rem',
  },
}));

/** Makes an application of workloads that run already. */
export function ImportPage() {
  const { t } = useAmambaTranslation();
  const { title } = useWorkspace();
  const { target, section } = useTarget();
  return (
    <>
      <PageHeader
        title={t('createApplication.importTitle', { workspace: title })}
      />
      {section}
      {target && (
        <Importing
          key={`${target.cluster}/${target.namespace}`}
          target={target}
        />
      )}
    </>
  );
}

function Importing(props: { target: Target }) {
  const { t } = useAmambaTranslation();
  const api = useAmambaApi();
  const { name: workspace } = useWorkspace();
  const { target } = props;
  const live = useLive(
    signal =>
      api.call(
        'listImportable',
        { params: { workspace }, query: target },
        { signal },
      ),
    {
      key: JSON.stringify([workspace, target]),
      matches: change => change.type === 'namespace',
    },
  );
  return (
    <LiveView live={live} failed={t('createApplication.importFailed')}>
      {({ items }) =>
        items.length === 0 ? (
          <EmptyState title={t('createApplication.nothingToImport')} />
        ) : (
          <ImportForm target={target} items={items} />
        )
      }
    </LiveView>
  );
}

function ImportForm(props: {
  target: Target;
  items: readonly ApplicationResource[];
}) {
  const classes = useStyles();
  const { t } = useAmambaTranslation();
  const api = useAmambaApi();
  const toast = useToast();
  const navigate = useNavigate();
  const id = useId();
  const { workbench } = useAmambaRoutes();
  const { name: workspace } = useWorkspace();
  const [name, setName] = useState('');
  const [description, setDescription] = useState('');
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [tried, setTried] = useState(false);
  const valid = isKubeName('subdomain', name);
  const act = useAct(async () => {
    const made = await api.call('importApplication', {
      params: { workspace },
      body: { ...props.target, name, description, workloads: [...chosen] },
    });
    toast.done(t('createApplication.done', { application: made.name }));
    navigate(workbench.application({ ...made, workspace }));
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (valid && chosen.length > 0) act.run();
  };
  const toggle = (workload: string, on: boolean) => {
    setChosen(before =>
      on ? [...before, workload] : before.filter(one => one !== workload),
    );
    if (on && name === '') setName(workload.split('/')[1]);
  };
  return (
    <form onSubmit={submit} noValidate>
      <Section
        title={t('createApplication.workloads')}
        help={t('createApplication.workloadsHelp')}
      >
        <FormGroup role="group" aria-label={t('createApplication.workloads')}>
          {props.items.map(item => {
            const workload = `${item.kind}/${item.name}`;
            return (
              <div key={workload} className={classes.row}>
                <FormControlLabel
                  label={workload}
                  control={
                    <Checkbox
                      color="primary"
                      checked={chosen.includes(workload)}
                      onChange={event => toggle(workload, event.target.checked)}
                    />
                  }
                />
                <HealthStatus health={item.health} />
              </div>
            );
          })}
        </FormGroup>
        {tried && chosen.length === 0 && (
          <Typography variant="body2" role="alert">
            {t('createApplication.chooseOne')}
          </Typography>
        )}
      </Section>
      <Section title={t('createApplication.start')}>
        <FormField
          id={`${id}-name`}
          label={t('appForm.name')}
          required
          value={name}
          problem={
            tried && !valid ? t('createApplication.nameHelp') : undefined
          }
          help={t('createApplication.nameHelp')}
          onChange={event => setName(event.target.value)}
          inputProps={{ autoComplete: 'off', spellCheck: false }}
        />
        <FormField
          id={`${id}-description`}
          label={t('appForm.description')}
          value={description}
          problem={undefined}
          onChange={event => setDescription(event.target.value)}
        />
      </Section>
      {act.error && (
        <ErrorPanel title={t('createApplication.failed')} error={act.error} />
      )}
      <div className={classes.acts}>
        <Button onClick={() => navigate(workbench.newApplication(workspace))}>
          {t('common.cancel')}
        </Button>
        <ActionButton type="submit" variant="contained" busy={act.busy}>
          {t('createApplication.importConfirm')}
        </ActionButton>
      </div>
    </form>
  );
}
