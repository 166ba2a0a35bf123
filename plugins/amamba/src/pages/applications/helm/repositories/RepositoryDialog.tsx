import {
  helmRepositoryDraftSchema,
  type HelmRepository,
  type HelmRepositoryDraft,
} from '@amamba/backstage-plugin-amamba-common';
import Button from '@material-ui/core/Button';
import Dialog from '@material-ui/core/Dialog';
import DialogActions from '@material-ui/core/DialogActions';
import DialogContent from '@material-ui/core/DialogContent';
import DialogTitle from '@material-ui/core/DialogTitle';
import { useId, useState } from 'react';
import { useAmambaApi } from '../../../../api';
import { ActionButton } from '../../../../components/Action';
import {
  FormField,
  schemaProblems,
  useForm,
  useSave,
  type Problems,
} from '../../../../components/Form';
import { ErrorPanel } from '../../../../components/States';
import { useToast } from '../../../../hooks/useToast';
import { useWorkspace } from '../../../../hooks/useWorkspace';
import { useAmambaTranslation } from '../../../../translation';

interface Fields {
  name: string;
  type: 'http' | 'oci';
  url: string;
  username: string;
  password: string;
  charts: string;
}

function draftOf(fields: Fields): HelmRepositoryDraft {
  const { name, type, url, username, password, charts } = fields;
  return {
    name,
    type,
    url: url.trim(),
    username: username || undefined,
    // empty keeps what is stored
    password: password || undefined,
    charts:
      type === 'oci'
        ? charts.split('\n').flatMap(line => line.trim() || [])
        : [],
  };
}

function problemsOf(fields: Fields): Problems {
  return schemaProblems(helmRepositoryDraftSchema, draftOf(fields));
}

/** Adds a repository, or changes one. It is tried before it is kept; what is wrong with it is said here. */
export function RepositoryDialog(props: {
  repository: HelmRepository | undefined;
  onClose: () => void;
  onSaved: () => void;
}) {
  const { t } = useAmambaTranslation();
  const api = useAmambaApi();
  const toast = useToast();
  const id = useId();
  const { name: workspace } = useWorkspace();
  const { repository } = props;
  const [initial] = useState<Fields>({
    name: repository?.name ?? '',
    type: repository?.type ?? 'http',
    url: repository?.url ?? '',
    username: repository?.username ?? '',
    password: '',
    charts: repository?.charts.join('\n') ?? '',
  });
  const state = useForm(initial, problemsOf);
  const { form, change } = state;
  const save = useSave(state, async () => {
    const draft = draftOf(form);
    if (repository) {
      const { name: _name, ...rest } = draft;
      await api.call('updateHelmRepository', {
        params: { workspace, repository: repository.name },
        body: {
          ...rest,
          charts: rest.charts ?? [],
          version: repository.version,
        },
      });
    } else {
      await api.call('createHelmRepository', {
        params: { workspace },
        body: { ...draft, charts: draft.charts ?? [] },
      });
    }
    toast.done(t('helm.repositories.saved', { name: draft.name }));
    props.onSaved();
    props.onClose();
  });
  const field = (
    name: keyof Fields,
    label: string,
    more: Partial<Parameters<typeof FormField>[0]> = {},
  ) => (
    <FormField
      id={`${id}-${name}`}
      label={label}
      value={form[name]}
      problem={state.problemAt(name)?.message}
      onChange={event => change({ [name]: event.target.value })}
      {...more}
      inputProps={{
        autoComplete: 'off',
        spellCheck: false,
        ...more.inputProps,
      }}
    />
  );
  return (
    <Dialog
      open
      fullWidth
      maxWidth="sm"
      onClose={props.onClose}
      aria-labelledby={`${id}-title`}
    >
      <form ref={save.form} onSubmit={save.submit} noValidate>
        <DialogTitle id={`${id}-title`}>
          {repository
            ? t('helm.repositories.editTitle', { name: repository.name })
            : t('helm.repositories.add')}
        </DialogTitle>
        <DialogContent>
          {field('name', t('appForm.name'), {
            required: true,
            disabled: repository !== undefined,
          })}
          <FormField
            id={`${id}-type`}
            select
            SelectProps={{ native: true }}
            label={t('helm.repositories.type')}
            value={form.type}
            problem={undefined}
            onChange={event =>
              change({ type: event.target.value === 'oci' ? 'oci' : 'http' })
            }
          >
            {(['http', 'oci'] as const).map(type => (
              <option key={type} value={type}>
                {t(`helm.repositories.types.${type}`)}
              </option>
            ))}
          </FormField>
          {field('url', t('helm.repositories.url'), {
            required: true,
            placeholder:
              form.type === 'oci'
                ? 'oci://registry.example.com/charts'
                : 'https://charts.example.com',
          })}
          {form.type === 'oci' &&
            field('charts', t('helm.repositories.chartNames'), {
              multiline: true,
              minRows: 2,
              help: t('helm.repositories.chartNamesHelp'),
            })}
          {field('username', t('helm.repositories.username'))}
          {field('password', t('helm.repositories.password'), {
            type: 'password',
            help: repository?.hasPassword
              ? t('helm.repositories.passwordKept')
              : undefined,
            inputProps: { autoComplete: 'new-password' },
          })}
          {save.act.error && (
            <ErrorPanel
              title={t('helm.repositories.saveFailed')}
              error={save.act.error}
            />
          )}
        </DialogContent>
        <DialogActions>
          <Button onClick={props.onClose}>{t('common.cancel')}</Button>
          <ActionButton type="submit" variant="contained" busy={save.act.busy}>
            {t('helm.repositories.save')}
          </ActionButton>
        </DialogActions>
      </form>
    </Dialog>
  );
}
