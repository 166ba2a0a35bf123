import Button from '@material-ui/core/Button';
import Checkbox from '@material-ui/core/Checkbox';
import FormControlLabel from '@material-ui/core/FormControlLabel';
import { makeStyles } from '@material-ui/core/styles';
import type {
  Manifest,
  ManifestCheck,
  ManifestProblem,
} from '@amamba/backstage-plugin-amamba-common';
import { useState } from 'react';
import { useAmambaApi } from '../../../../api';
import { ActionButton } from '../../../../components/Action';
import { Banner } from '../../../../components/Banner';
import { DiffView } from '../../../../components/DiffView';
import { useLeaveGuard } from '../../../../components/Form';
import { ErrorPanel } from '../../../../components/States';
import {
  YamlEditor,
  type TextProblem,
} from '../../../../components/YamlEditor';
import { useAct } from '../../../../hooks/useAct';
import type { Live } from '../../../../hooks/useLive';
import { useToast } from '../../../../hooks/useToast';
import { useAmambaTranslation } from '../../../../translation';
import { useApplication } from '../applicationScope';
import type { YamlObject } from './yamlObjects';

const useStyles = makeStyles(theme => ({
  acts: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: theme.spacing(1),
    margin: theme.spacing(2, 0),
  },
}));

/** What a check found, and what it was of. */
interface Checked {
  text: string;
  force: boolean;
  result: ManifestCheck;
}

/** A problem that the backend found, where it stands in the text. */
function asTextProblem(problem: ManifestProblem): TextProblem {
  const { path, message, remedy, line, kind } = problem;
  return {
    line,
    severity: kind === 'warning' ? 'warning' : 'error',
    message: [path && `${path}:`, message, remedy].filter(Boolean).join(' '),
  };
}

/**
 * Edits the manifest of an object: a dry run shows what would change and what is wrong, and only what was looked at is
 * saved. What somebody else changes meanwhile is said, and never overwritten.
 */
export function ManifestEditor(props: {
  object: YamlObject;
  manifest: Manifest;
  live: Live<Manifest>;
  onDone: () => void;
}) {
  const classes = useStyles();
  const { t } = useAmambaTranslation();
  const api = useAmambaApi();
  const toast = useToast();
  const { address, live: application } = useApplication();
  const { object, live, manifest } = props;
  const [base, setBase] = useState(manifest);
  const [text, setText] = useState(manifest.yaml);
  const [force, setForce] = useState(false);
  const [checked, setChecked] = useState<Checked>();
  const dirty = text !== base.yaml;
  const guard = useLeaveGuard(dirty);
  const moved = manifest.resourceVersion !== base.resourceVersion;
  const current =
    checked?.text === text && checked.force === force
      ? checked.result
      : undefined;
  const draft = {
    yaml: text,
    force,
    resourceVersion: base.resourceVersion,
    ...object.names,
  };
  const check = useAct(async () => {
    const result = await api.call('checkManifest', {
      params: address,
      body: draft,
    });
    setChecked({ text, force, result });
  });
  const save = useAct(async () => {
    await api.call('applyManifest', { params: address, body: draft });
    toast.done(t('applications.yaml.saved', { object: object.id }));
    live.retry();
    application.retry();
    props.onDone();
  });
  const restart = () => {
    setBase(manifest);
    setText(manifest.yaml);
    setChecked(undefined);
    check.reset();
    save.reset();
  };
  const conflicts =
    checked?.result.problems.some(({ kind }) => kind === 'conflict') ?? false;
  const error = save.error ?? check.error;
  return (
    <>
      {moved && (
        <Banner
          severity="warning"
          actions={
            <Button size="small" onClick={restart}>
              {t('applications.yaml.startAgain')}
            </Button>
          }
        >
          {t('applications.yaml.moved', { object: object.id })}
          {manifest.yaml !== base.yaml && (
            <DiffView
              diffs={[
                {
                  object: object.id,
                  change: 'update',
                  warnings: [],
                  hunks: [
                    { path: '', before: base.yaml, after: manifest.yaml },
                  ],
                },
              ]}
            />
          )}
        </Banner>
      )}
      <YamlEditor
        label={t('applications.yaml.manifestOf', { object: object.id })}
        value={text}
        onChange={setText}
        problems={current?.problems.map(asTextProblem)}
      />
      <div className={classes.acts}>
        <ActionButton
          busy={check.busy}
          refused={dirty ? undefined : t('applications.yaml.unchanged')}
          onClick={() => {
            check.run();
          }}
        >
          {t('applications.yaml.check')}
        </ActionButton>
        <ActionButton
          variant="contained"
          busy={save.busy}
          refused={refusal()}
          onClick={() => {
            save.run();
          }}
        >
          {t('applications.yaml.save')}
        </ActionButton>
        <Button onClick={props.onDone}>{t('common.cancel')}</Button>
        {(conflicts || force) && (
          <FormControlLabel
            control={
              <Checkbox
                size="small"
                color="default"
                checked={force}
                onChange={event => setForce(event.target.checked)}
              />
            }
            label={t('applications.yaml.force')}
          />
        )}
      </div>
      {error && (
        <ErrorPanel
          title={t(
            save.error
              ? 'applications.yaml.saveFailed'
              : 'applications.yaml.checkFailed',
          )}
          error={error}
        />
      )}
      {current && <DiffView diffs={current.diff} />}
      {guard.dialog}
    </>
  );

  function refusal(): string | undefined {
    if (!dirty) return t('applications.yaml.unchanged');
    if (!current) return t('applications.yaml.checkFirst');
    return current.ok ? undefined : t('applications.yaml.mend');
  }
}
