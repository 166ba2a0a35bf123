import Checkbox from '@material-ui/core/Checkbox';
import FormControlLabel from '@material-ui/core/FormControlLabel';
import TextField from '@material-ui/core/TextField';
import { useId, type ReactNode } from 'react';
import {
  describeCron,
  readCron,
  type Engine,
} from '@amamba/backstage-plugin-amamba-common';
import { useLanguage } from '../../../components/Time';
import { useAmambaTranslation } from '../../../translation';
import { EntityField } from './EntityField';
import { Field } from './Field';
import type { PipelineForm } from './formState';
import { Section } from '../../../components/Page';
import type { PipelineFormState } from './usePipelineForm';

const SCRIPT_ROWS = 18;
const DESCRIPTION_ROWS = 2;
const CRON_ROWS = 2;

/** Fields of the form that are one line of text, by their path in the contract. */
const TEXTS = {
  name: 'name',
  description: 'description',
  environment: 'environment',
  script: 'source.script',
  url: 'source.url',
  branch: 'source.branch',
  scriptPath: 'source.scriptPath',
  credentialId: 'source.credentialId',
  cron: 'settings.triggers.cron',
  pollScm: 'settings.triggers.pollScm',
  discardDays: 'settings.discard.days',
  discardRuns: 'settings.discard.runs',
  quietPeriod: 'settings.quietPeriodSeconds',
} as const satisfies Partial<Record<keyof PipelineForm, string>>;

const SHOWN = /^(?:entityRef|settings\.parameters\.\d+\.\w+)$/;

/** Whether the form shows a field of the contract, so that its problem is said there. */
export function isShown(path: string): boolean {
  return SHOWN.test(path) || Object.values(TEXTS).some(known => known === path);
}

/** Binds a field of the form. */
function useText(state: PipelineFormState) {
  return (field: keyof typeof TEXTS) => ({
    path: TEXTS[field],
    value: state.form[field],
    problem: state.problemAt(TEXTS[field]),
    onChange: (value: string) => state.change({ [field]: value }),
  });
}

/**
 * Name and source of a pipeline.
 * @param props.engines - to choose from; undefined when the pipeline has one already
 */
export function SourceFields(props: {
  state: PipelineFormState;
  engines?: readonly Engine[];
  isNew?: boolean;
}) {
  const { t } = useAmambaTranslation();
  const text = useText(props.state);
  const { form, change } = props.state;
  return (
    <Section title={t('pipelines.form.source')}>
      {props.isNew && (
        <Field
          {...text('name')}
          label={t('pipelines.form.name')}
          help={t('pipelines.form.rules.name')}
          required
          first
        />
      )}
      {form.sourceType === 'repository' ? (
        <>
          <Field
            {...text('url')}
            label={t('pipelines.form.url')}
            help={t('pipelines.form.urlHelp')}
            required
          />
          <Field
            {...text('branch')}
            label={t('pipelines.form.branch')}
            required
          />
          <Field
            {...text('scriptPath')}
            label={t('pipelines.form.scriptPath')}
            required
          />
          <Field
            {...text('credentialId')}
            label={t('pipelines.form.credentialId')}
            help={t('pipelines.form.credentialHelp')}
          />
        </>
      ) : (
        <Field
          {...text('script')}
          label="Jenkinsfile"
          rows={SCRIPT_ROWS}
          code
          required
        />
      )}
      {props.engines && props.engines.length > 1 && (
        <EngineField
          engines={props.engines}
          value={form.engine}
          onChange={engine => change({ engine })}
        />
      )}
    </Section>
  );
}

function EngineField(props: {
  engines: readonly Engine[];
  value: string;
  onChange: (value: string) => void;
}) {
  const { t } = useAmambaTranslation();
  const id = useId();
  return (
    <TextField
      id={id}
      select
      SelectProps={{ native: true }}
      fullWidth
      margin="dense"
      variant="outlined"
      label={t('pipelines.form.engine')}
      helperText={t('pipelines.form.engineHelp')}
      value={props.value || props.engines[0].id}
      onChange={event => props.onChange(event.target.value)}
    >
      {props.engines.map(({ id: engine, title, reachable, problem }) => (
        <option key={engine} value={engine}>
          {reachable
            ? title
            : `${title} (${problem ?? t('pipelines.engineDown', { engine })})`}
        </option>
      ))}
    </TextField>
  );
}

/**
 * Everything of a pipeline but its source.
 * @param props.parameters - the part about parameters
 */
export function SettingsFields(props: {
  state: PipelineFormState;
  parameters: ReactNode;
}) {
  const { t } = useAmambaTranslation();
  const { state } = props;
  const text = useText(state);
  const { form, change } = state;
  const cronHelp = useCronHelp(form.cron);
  const pollHelp = useCronHelp(form.pollScm);
  return (
    <>
      <Section title={t('pipelines.form.about')}>
        <Field
          {...text('description')}
          label={t('pipelines.form.description')}
          rows={DESCRIPTION_ROWS}
        />
        <EntityField
          value={form.entityRef}
          problem={state.problemAt('entityRef')}
          onChange={entityRef => change({ entityRef })}
        />
        <Field
          {...text('environment')}
          label={t('pipelines.form.environment')}
          help={t('pipelines.form.environmentHelp')}
        />
      </Section>
      <Section
        title={t('pipelines.form.parameters')}
        help={t('pipelines.form.parametersHelp')}
      >
        {props.parameters}
      </Section>
      <Section title={t('pipelines.form.triggers')}>
        <Field
          {...text('cron')}
          label={t('pipelines.form.cron')}
          help={cronHelp ?? t('pipelines.form.cronHelp')}
          rows={CRON_ROWS}
          code
        />
        {form.sourceType === 'repository' && (
          <Field
            {...text('pollScm')}
            label={t('pipelines.form.pollScm')}
            help={pollHelp ?? t('pipelines.form.pollScmHelp')}
            rows={CRON_ROWS}
            code
          />
        )}
      </Section>
      <Section title={t('pipelines.form.running')}>
        <Switch
          label={t('pipelines.form.disableConcurrent')}
          checked={form.disableConcurrentRuns}
          onChange={disableConcurrentRuns => change({ disableConcurrentRuns })}
        />
        <Field
          {...text('quietPeriod')}
          label={t('pipelines.form.quietPeriod')}
          help={t('pipelines.form.quietPeriodHelp')}
          numeric
        />
        <Switch
          label={t('pipelines.form.discard')}
          checked={form.discard}
          onChange={discard => change({ discard })}
        />
        {form.discard && (
          <>
            <Field
              {...text('discardDays')}
              label={t('pipelines.form.discardDays')}
              numeric
            />
            <Field
              {...text('discardRuns')}
              label={t('pipelines.form.discardRuns')}
              numeric
            />
          </>
        )}
      </Section>
    </>
  );
}

/** What a schedule says, in English; other readers get the general help. */
function useCronHelp(schedule: string): string | undefined {
  const language = useLanguage();
  if (!language.startsWith('en') || schedule.trim() === '') return undefined;
  const { schedule: read } = readCron(schedule);
  return read && describeCron(read).join('. ');
}

function Switch(props: {
  label: string;
  checked: boolean;
  onChange: (checked: boolean) => void;
}) {
  return (
    <div>
      <FormControlLabel
        label={props.label}
        control={
          <Checkbox
            color="primary"
            checked={props.checked}
            onChange={event => props.onChange(event.target.checked)}
          />
        }
      />
    </div>
  );
}
