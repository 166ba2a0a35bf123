import Button from '@material-ui/core/Button';
import Dialog from '@material-ui/core/Dialog';
import DialogActions from '@material-ui/core/DialogActions';
import DialogContent from '@material-ui/core/DialogContent';
import DialogTitle from '@material-ui/core/DialogTitle';
import FormControl from '@material-ui/core/FormControl';
import FormControlLabel from '@material-ui/core/FormControlLabel';
import FormLabel from '@material-ui/core/FormLabel';
import Radio from '@material-ui/core/Radio';
import RadioGroup from '@material-ui/core/RadioGroup';
import Typography from '@material-ui/core/Typography';
import { useTheme } from '@material-ui/core/styles';
import useMediaQuery from '@material-ui/core/useMediaQuery';
import { useId, useState, type FormEvent } from 'react';
import type {
  ParameterValues,
  PipelineSummary,
  RunForm,
} from '@amamba/backstage-plugin-amamba-common';
import { useAmambaApi } from '../../api';
import { useAct } from '../../hooks/useAct';
import { useLive } from '../../hooks/useLive';
import { useAmambaTranslation } from '../../translation';
import { ActionButton } from '../Action';
import {
  lastValues,
  ParameterFields,
  presetValues,
  useParameterForm,
} from '../Parameters';
import { ErrorPanel, LiveView } from '../States';
import { useSpokenDuration } from '../Time';

/** A run that is run again with changes. */
export interface Repeated {
  number: number | undefined;
  values: ParameterValues;
}

/**
 * Asks for the parameters of a run.
 * @param props.repeated - the run whose values it starts with, instead of offering those of the last one
 * @param props.onRun - starts it; the dialog stays open with the error when that fails
 */
export function RunDialog(props: {
  pipeline: Pick<PipelineSummary, 'name' | 'workspace'>;
  repeated?: Repeated;
  onRun: (values: ParameterValues) => Promise<void>;
  onClose: () => void;
}) {
  const { t } = useAmambaTranslation();
  const api = useAmambaApi();
  const id = useId();
  const narrow = useMediaQuery(useTheme().breakpoints.down('sm'));
  const { name, workspace } = props.pipeline;
  // asked for once: a form does not change under the reader's hands
  const live = useLive(
    signal =>
      api.call(
        'getRunForm',
        { params: { workspace, pipeline: name } },
        { signal },
      ),
    { key: `${workspace}/${name}`, watch: false },
  );
  return (
    <Dialog
      open
      fullWidth
      maxWidth="sm"
      fullScreen={narrow}
      onClose={props.onClose}
      aria-labelledby={`${id}-title`}
    >
      <DialogTitle id={`${id}-title`}>
        {t('pipelines.run.title', { pipeline: name })}
      </DialogTitle>
      {live.data ? (
        <RunFormFields
          form={live.data}
          pipeline={name}
          repeated={props.repeated}
          onRun={props.onRun}
          onClose={props.onClose}
        />
      ) : (
        <>
          <DialogContent>
            <LiveView live={live} failed={t('pipelines.run.formFailed')}>
              {() => null}
            </LiveView>
          </DialogContent>
          <DialogActions>
            <Button onClick={props.onClose}>{t('common.cancel')}</Button>
          </DialogActions>
        </>
      )}
    </Dialog>
  );
}

function RunFormFields(props: {
  form: RunForm;
  pipeline: string;
  repeated?: Repeated;
  onRun: (values: ParameterValues) => Promise<void>;
  onClose: () => void;
}) {
  const { t } = useAmambaTranslation();
  const { form, repeated } = props;
  const source = repeated ?? {
    number: form.lastRun,
    values: form.lastValues,
  };
  const [from, setFrom] = useState<'defaults' | 'last'>(
    repeated ? 'last' : 'defaults',
  );
  const fields = useParameterForm(form.parameters, repeated?.values);
  const hasPassword = form.parameters.some(({ type }) => type === 'password');
  const act = useAct(async () => {
    await props.onRun(fields.toSend());
    props.onClose();
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (fields.valid) act.run();
  };
  return (
    <form onSubmit={submit} noValidate>
      <DialogContent>
        {source.number !== undefined && (
          <FormControl component="fieldset">
            <FormLabel component="legend">
              {t('pipelines.run.values')}
            </FormLabel>
            <RadioGroup
              row
              value={from}
              onChange={(_event, value) => {
                const last = value === 'last';
                setFrom(last ? 'last' : 'defaults');
                fields.replace(
                  last
                    ? lastValues(form.parameters, source.values)
                    : presetValues(form.parameters),
                );
              }}
            >
              <FormControlLabel
                value="defaults"
                control={<Radio size="small" color="primary" />}
                label={t('pipelines.run.defaults')}
              />
              <FormControlLabel
                value="last"
                control={<Radio size="small" color="primary" />}
                label={t(
                  repeated ? 'pipelines.run.ofRun' : 'pipelines.run.last',
                  { number: String(source.number) },
                )}
              />
            </RadioGroup>
          </FormControl>
        )}
        {from === 'last' && hasPassword && (
          <Typography variant="body2" paragraph>
            {t('pipelines.run.passwordsNotKept')}
          </Typography>
        )}
        <ParameterFields
          definitions={form.parameters}
          values={fields.values}
          problems={fields.problems}
          onChange={fields.change}
        />
        <Queue form={form} />
        {act.error && (
          <ErrorPanel
            title={t('pipelines.run.failed', { pipeline: props.pipeline })}
            error={act.error}
          />
        )}
      </DialogContent>
      <DialogActions>
        <Button onClick={props.onClose}>{t('common.cancel')}</Button>
        <ActionButton
          type="submit"
          variant="contained"
          busy={act.busy}
          refused={fields.valid ? undefined : t('pipelines.run.mend')}
        >
          {t('pipelines.run.confirm', { pipeline: props.pipeline })}
        </ActionButton>
      </DialogActions>
    </form>
  );
}

function Queue(props: { form: RunForm }) {
  const { t } = useAmambaTranslation();
  const spoken = useSpokenDuration();
  const { queued, typicalDurationMs } = props.form;
  const parts = [
    queued > 0 && t('pipelines.run.queued', { count: queued }),
    typicalDurationMs !== undefined &&
      t('pipelines.run.typical', { duration: spoken(typicalDurationMs) }),
  ].filter(Boolean);
  if (parts.length === 0) return null;
  return (
    <Typography variant="body2" color="textSecondary">
      {parts.join(' ')}
    </Typography>
  );
}
