import type {
  ChartDetail,
  Operation,
  ReleaseDraftInput,
  ReleasePreview,
} from '@amamba/backstage-plugin-amamba-common';
import Button from '@material-ui/core/Button';
import Checkbox from '@material-ui/core/Checkbox';
import FormControlLabel from '@material-ui/core/FormControlLabel';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import { useId, useState, type ReactNode } from 'react';
import { useAmambaApi } from '../../../api';
import { ActionButton } from '../../../components/Action';
import { Banner } from '../../../components/Banner';
import { DiffView } from '../../../components/DiffView';
import { FormField, useLeaveGuard } from '../../../components/Form';
import { OperationProgress } from '../../../components/OperationProgress';
import { Section } from '../../../components/Page';
import { ErrorPanel } from '../../../components/States';
import { YamlEditor } from '../../../components/YamlEditor';
import { YamlFields } from '../../../components/YamlForm';
import { useAct } from '../../../hooks/useAct';
import { useWorkspace } from '../../../hooks/useWorkspace';
import { useAmambaTranslation } from '../../../translation';
import { VersionField } from './ChartPage';
import { useValues, type Values } from './useValues';

const useStyles = makeStyles(theme => ({
  panes: {
    display: 'grid',
    gap: theme.spacing(2),
    gridTemplateColumns: 'minmax(0, 1fr)',
    [theme.breakpoints.up('md')]: {
      gridTemplateColumns: 'minmax(0, 1fr) minmax(0, 1fr)',
    },
    alignItems: 'start',
    margin: theme.spacing(1, 0, 2),
  },
  acts: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: theme.spacing(1),
    justifyContent: 'flex-end',
  },
}));

/** The release that is to become. */
export type ReleaseTarget = Pick<
  ReleaseDraftInput,
  'cluster' | 'namespace' | 'name'
>;

/**
 * Values and options of a release; then what they would change; then the progress of it.
 * @param props.target - undefined while it is not complete
 * @param props.own - YAML of the values that the release has already
 * @param props.head - fields before the values
 * @param props.perform - installs or upgrades it
 * @param props.basis - revision of the preview has to be this one
 */
export function ReleaseForm(props: {
  chart: ChartDetail;
  target: ReleaseTarget | undefined;
  own?: string;
  head?: ReactNode;
  onVersion: (version: string) => void;
  confirm: string;
  failed: string;
  refused?: string;
  perform: (
    draft: ReleaseDraftInput,
    preview: ReleasePreview,
  ) => Promise<Operation>;
  onDone: () => void;
  onCancel: () => void;
}) {
  const classes = useStyles();
  const { t } = useAmambaTranslation();
  const api = useAmambaApi();
  const { name: workspace } = useWorkspace();
  const { chart, target } = props;
  const values = useValues(chart, props.own);
  const [options, setOptions] = useState<Options>({
    wait: true,
    atomic: true,
    timeoutSeconds: 300,
  });
  const [seen, setSeen] = useState<{ key: string; preview: ReleasePreview }>();
  const [operation, setOperation] = useState<Operation>();
  const guard = useLeaveGuard(values.dirty && !operation);
  const draft: ReleaseDraftInput | undefined = target && {
    ...target,
    ...options,
    repository: chart.repository,
    chart: chart.name,
    version: chart.version,
    values: values.changed,
  };
  const key = JSON.stringify(draft);
  const preview = draft && seen?.key === key ? seen.preview : undefined;
  const look = useAct(async () => {
    if (!draft) return;
    const answer = await api.call('previewRelease', {
      params: { workspace },
      body: draft,
    });
    setSeen({ key, preview: answer });
  });
  const perform = useAct(async () => {
    if (draft && preview) setOperation(await props.perform(draft, preview));
  });
  if (operation) {
    return (
      <Section title={t('helm.progress')}>
        <OperationProgress
          workspace={workspace}
          operation={operation}
          onDone={props.onDone}
          actions={
            <Button size="small" onClick={() => setOperation(undefined)}>
              {t('createApplication.back')}
            </Button>
          }
        />
      </Section>
    );
  }
  const refused =
    props.refused ?? (values.readable ? undefined : t('helm.notMap'));
  return (
    <>
      {props.head}
      <Section title={t('helm.options')}>
        <VersionField chart={chart} onChange={props.onVersion} />
        <OptionFields options={options} onChange={setOptions} />
      </Section>
      <div className={classes.panes}>
        <Section
          title={t('helm.values')}
          help={t(chart.schema ? 'helm.fromSchema' : 'helm.fromDefaults')}
        >
          <ValueFields values={values} />
        </Section>
        <YamlEditor
          label={t('helm.values')}
          value={values.text}
          onChange={values.setText}
        />
      </div>
      {preview && <Preview preview={preview} />}
      {look.error && (
        <ErrorPanel title={t('helm.previewFailed')} error={look.error} />
      )}
      {perform.error && (
        <ErrorPanel title={props.failed} error={perform.error} />
      )}
      <div className={classes.acts}>
        <Button onClick={props.onCancel}>{t('common.cancel')}</Button>
        <ActionButton
          variant={preview ? 'outlined' : 'contained'}
          busy={look.busy}
          refused={refused}
          onClick={() => look.run()}
        >
          {t('helm.preview')}
        </ActionButton>
        {preview && (
          <ActionButton
            variant="contained"
            busy={perform.busy}
            refused={refused ?? (preview.ok ? undefined : t('helm.notOk'))}
            onClick={() => perform.run()}
          >
            {props.confirm}
          </ActionButton>
        )}
      </div>
      {guard.dialog}
    </>
  );
}

function ValueFields(props: { values: Values }) {
  const { t } = useAmambaTranslation();
  const { form, fields, readable } = props.values;
  if (!readable) {
    return <Banner severity="warning">{t('createApplication.formOff')}</Banner>;
  }
  return fields.length > 0 ? (
    <YamlFields form={form} at={[]} fields={fields} />
  ) : (
    <Typography variant="body2">{t('helm.noFields')}</Typography>
  );
}

interface Options {
  wait: boolean;
  atomic: boolean;
  timeoutSeconds: number;
}

function OptionFields(props: {
  options: Options;
  onChange: (options: Options) => void;
}) {
  const { t } = useAmambaTranslation();
  const id = useId();
  const { options, onChange } = props;
  const check = (name: 'wait' | 'atomic') => (
    <FormControlLabel
      label={t(`helm.${name}`)}
      control={
        <Checkbox
          color="primary"
          checked={options[name]}
          onChange={event =>
            onChange({ ...options, [name]: event.target.checked })
          }
        />
      }
    />
  );
  return (
    <>
      {check('wait')}
      {check('atomic')}
      <FormField
        id={id}
        type="number"
        label={t('helm.timeout')}
        value={String(options.timeoutSeconds)}
        problem={undefined}
        onChange={event =>
          onChange({ ...options, timeoutSeconds: Number(event.target.value) })
        }
        inputProps={{ min: 10, max: 3600 }}
      />
    </>
  );
}

function Preview(props: { preview: ReleasePreview }) {
  const { t } = useAmambaTranslation();
  const { preview } = props;
  return (
    <Section title={t('helm.wouldChange')} help={t('helm.wouldChangeHelp')}>
      {preview.problems.map(({ message, remedy, object, path, kind }) => (
        <Banner
          key={`${object} ${path} ${message}`}
          severity={kind === 'warning' ? 'warning' : 'error'}
        >
          {[[object, path].filter(Boolean).join(' '), message, remedy]
            .filter(Boolean)
            .join(' · ')}
        </Banner>
      ))}
      <DiffView diffs={preview.diff} />
    </Section>
  );
}
