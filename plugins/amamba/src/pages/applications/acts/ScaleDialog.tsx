import TextField from '@material-ui/core/TextField';
import type { WorkloadKind } from '@amamba/backstage-plugin-amamba-common';
import { useId, useState } from 'react';
import { useAmambaTranslation } from '../../../translation';
import { ActDialog } from './ActDialog';

const MAX_REPLICAS = 10_000;

/** Asks for a number of pods and says what scaling to it does. */
export function ScaleDialog(props: {
  workload: { kind: WorkloadKind; name: string };
  replicas: number;
  onClose: () => void;
}) {
  const { t } = useAmambaTranslation();
  const id = useId();
  const { workload, replicas } = props;
  const [text, setText] = useState(String(replicas));
  const wanted = /^\d{1,5}$/.test(text.trim()) ? Number(text) : undefined;
  const valid = wanted !== undefined && wanted <= MAX_REPLICAS;
  const act =
    valid && wanted !== replicas
      ? ({ act: 'scale', workload, replicas: wanted } as const)
      : undefined;
  return (
    <ActDialog
      act={act}
      label={t('applications.acts.scale', { name: workload.name })}
      destructive={wanted === 0}
      onClose={props.onClose}
      form={{
        missing: valid
          ? t('applications.acts.sameNumber', { count: replicas })
          : t('applications.acts.noNumber'),
        fields: (
          <TextField
            // the field is what the dialog is about
            // eslint-disable-next-line jsx-a11y/no-autofocus
            autoFocus
            id={id}
            margin="dense"
            variant="outlined"
            type="number"
            label={t('applications.acts.pods')}
            value={text}
            error={!valid}
            helperText={t('applications.acts.podsNow', { count: replicas })}
            onChange={event => setText(event.target.value)}
            inputProps={{ min: 0, max: MAX_REPLICAS, step: 1 }}
          />
        ),
      }}
    />
  );
}
