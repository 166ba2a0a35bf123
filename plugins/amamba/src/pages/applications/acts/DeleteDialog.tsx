import Button from '@material-ui/core/Button';
import Checkbox from '@material-ui/core/Checkbox';
import Dialog from '@material-ui/core/Dialog';
import DialogActions from '@material-ui/core/DialogActions';
import DialogContent from '@material-ui/core/DialogContent';
import DialogTitle from '@material-ui/core/DialogTitle';
import FormControl from '@material-ui/core/FormControl';
import FormControlLabel from '@material-ui/core/FormControlLabel';
import FormLabel from '@material-ui/core/FormLabel';
import Radio from '@material-ui/core/Radio';
import RadioGroup from '@material-ui/core/RadioGroup';
import FormGroup from '@material-ui/core/FormGroup';
import type {
  ApplicationResource,
  Consequence,
  Operation,
  Propagation,
} from '@amamba/backstage-plugin-amamba-common';
import { useId, useRef, useState } from 'react';
import { useAmambaApi } from '../../../api';
import { ConfirmDialog } from '../../../components/Confirm';
import { OperationProgress } from '../../../components/OperationProgress';
import { ErrorPanel, messageOf } from '../../../components/States';
import { useLive } from '../../../hooks/useLive';
import { useToast } from '../../../hooks/useToast';
import { useAmambaTranslation } from '../../../translation';
import {
  followApplication,
  useApplication,
} from '../application/applicationScope';
import { useActWords } from './useActWords';

const PROPAGATIONS: readonly Propagation[] = [
  'background',
  'foreground',
  'orphan',
];

/** Objects that may hold what cannot be had again, first. */
const KEEPABLE = ['PersistentVolumeClaim', 'Secret', 'ConfigMap'];

const idOf = ({ kind, name }: ApplicationResource) => `${kind}/${name}`;

/**
 * Deletes the application after its name was typed: how, what is kept, what is lost as the backend sees it now; then
 * the progress until everything is gone.
 */
export function DeleteDialog(props: {
  onClose: () => void;
  onDeleted: () => void;
}) {
  const { t } = useAmambaTranslation();
  const [operation, setOperation] = useState<Operation>();
  const { application, address, setLeaving } = useApplication();
  const toast = useToast();
  if (!operation) {
    return (
      <Ask
        onClose={props.onClose}
        onStarted={started => {
          setLeaving(true);
          setOperation(started);
        }}
      />
    );
  }
  return (
    <Dialog
      open
      fullWidth
      maxWidth="sm"
      onClose={props.onClose}
      aria-label={t('applications.delete.progress', {
        application: application.title,
      })}
    >
      <DialogTitle>
        {t('applications.delete.progress', { application: application.title })}
      </DialogTitle>
      <DialogContent>
        <OperationProgress
          workspace={address.workspace}
          operation={operation}
          onDone={() => {
            toast.done(
              t('applications.delete.done', { application: application.title }),
            );
            props.onDeleted();
          }}
        />
      </DialogContent>
      <DialogActions>
        <Button onClick={props.onClose}>{t('common.close')}</Button>
      </DialogActions>
    </Dialog>
  );
}

/** How it is deleted and what is kept, and what is lost then. */
function Ask(props: {
  onClose: () => void;
  onStarted: (operation: Operation) => void;
}) {
  const { t } = useAmambaTranslation();
  const api = useAmambaApi();
  const words = useActWords();
  const { application, address } = useApplication();
  const { name, title } = application;
  const started = useRef(false);
  const [propagation, setPropagation] = useState<Propagation>('background');
  const [keep, setKeep] = useState<readonly string[]>([]);
  const wanted = { propagation, keep: [...keep] };
  const key = JSON.stringify(wanted);
  const live = useLive<Consequence>(
    signal =>
      api.call(
        'previewApplicationDeletion',
        { params: address, body: wanted },
        { signal },
      ),
    { ...followApplication(address, 'delete'), key },
  );
  const found = live.dataKey === key ? live.data : undefined;
  const label = t('applications.delete.act', { application: title });
  return (
    <ConfirmDialog
      title={t('applications.delete.title', { application: title })}
      destructive
      will={found?.will.map(words) ?? []}
      warnings={[...(found?.warnings.map(words) ?? []), t('common.cannotUndo')]}
      typeName={name}
      confirmLabel={label}
      failedLabel={t('applications.delete.failed', { application: title })}
      refused={refusal()}
      onClose={() => {
        // once it is under way the progress takes the place of the question
        if (!started.current) props.onClose();
      }}
      form={
        <>
          <Choices
            propagation={propagation}
            onPropagation={setPropagation}
            keep={keep}
            onKeep={setKeep}
          />
          {live.error && (
            <ErrorPanel
              title={t('applications.delete.previewFailed')}
              error={live.error}
              onRetry={live.retry}
            />
          )}
        </>
      }
      onConfirm={async () => {
        const operation = await api.call('deleteApplication', {
          params: address,
          body: { ...wanted, confirm: name },
        });
        started.current = true;
        props.onStarted(operation);
      }}
    />
  );

  function refusal(): string | undefined {
    if (live.error) return messageOf(live.error);
    return found ? undefined : t('common.loading');
  }
}

function Choices(props: {
  propagation: Propagation;
  onPropagation: (value: Propagation) => void;
  keep: readonly string[];
  onKeep: (value: readonly string[]) => void;
}) {
  const { t } = useAmambaTranslation();
  const id = useId();
  const { application } = useApplication();
  const { propagation, keep } = props;
  const keepable = application.resources.filter(({ kind }) =>
    KEEPABLE.includes(kind),
  );
  return (
    <>
      <FormControl component="fieldset" margin="dense">
        <FormLabel component="legend">
          {t('applications.delete.propagation')}
        </FormLabel>
        <RadioGroup
          name={`${id}-propagation`}
          value={propagation}
          onChange={event => {
            const chosen = PROPAGATIONS.find(
              known => known === event.target.value,
            );
            if (chosen) props.onPropagation(chosen);
          }}
        >
          {PROPAGATIONS.map(value => (
            <FormControlLabel
              key={value}
              value={value}
              control={<Radio size="small" color="default" />}
              label={t(`applications.delete.${value}`)}
            />
          ))}
        </RadioGroup>
      </FormControl>
      {keepable.length > 0 && (
        <FormControl component="fieldset" margin="dense" fullWidth>
          <FormLabel component="legend">
            {t('applications.delete.keep')}
          </FormLabel>
          <FormGroup>
            {keepable.map(resource => (
              <FormControlLabel
                key={idOf(resource)}
                control={
                  <Checkbox
                    size="small"
                    color="default"
                    checked={keep.includes(idOf(resource))}
                    onChange={(_, checked) =>
                      props.onKeep(
                        checked
                          ? [...keep, idOf(resource)]
                          : keep.filter(other => other !== idOf(resource)),
                      )
                    }
                  />
                }
                label={[idOf(resource), ...resource.facts].join(' · ')}
              />
            ))}
          </FormGroup>
        </FormControl>
      )}
    </>
  );
}
