import TextField from '@material-ui/core/TextField';
import { useId } from 'react';
import {
  describeQuantity,
  podSecuritySchema,
  quantityUnit,
  type ClusterBinding,
} from '@amamba/backstage-plugin-amamba-common';
import { FormField, PairRows, type FormState } from '../../../components/Form';
import { Section } from '../../../components/Page';
import { useLanguage } from '../../../components/Time';
import { useAmambaTranslation } from '../../../translation';
import { labelPath, type NamespaceForm } from './formState';
import { LimitsFields } from './LimitsFields';
import { QuotaFields } from './QuotaFields';
import { leftIn, type Room } from './room';

type State = FormState<NamespaceForm>;

/**
 * The fields of a namespace.
 * @param props.bindings - clusters to choose from; absent where the namespace is there already
 * @param props.room - what the workspace may still give on the cluster
 * @param props.besides - limits that somebody else has set in it
 */
export function NamespaceFields(props: {
  state: State;
  bindings?: readonly ClusterBinding[];
  room: Room | undefined;
  besides?: string;
}) {
  const { t } = useAmambaTranslation();
  const language = useLanguage();
  const { state, bindings, room, besides } = props;
  const { form, change, problemAt } = state;
  const leftOf = (key: string) => {
    const left = room && leftIn(room, key);
    return left === undefined
      ? undefined
      : describeQuantity(left, quantityUnit(key), language);
  };
  return (
    <>
      <Section title={t('namespaces.form.about')}>
        {bindings && (
          <>
            <ClusterField
              bindings={bindings}
              value={form.cluster}
              onChange={cluster => change({ cluster })}
            />
            <TextOf state={state} field="name" required first />
          </>
        )}
        <TextOf state={state} field="environment" />
        <SecurityField state={state} isNew={bindings !== undefined} />
      </Section>
      <Section
        title={t('namespaces.form.labels')}
        help={t('namespaces.form.labelsHelp')}
      >
        <PairRows
          rows={form.labels}
          onChange={labels => change({ labels })}
          words={{
            key: t('namespaces.form.labelKey'),
            value: t('namespaces.form.labelValue'),
            add: t('namespaces.form.addLabel'),
            remove: t('namespaces.form.removeLabel'),
          }}
          problemOf={row => {
            const problem = problemAt(labelPath(row));
            if (!problem?.byRule) return problem?.message;
            return problem.message === 'twice'
              ? t('namespaces.quota.problems.twice')
              : t('namespaces.form.rules.label');
          }}
        />
      </Section>
      <Section
        title={t('namespaces.quota.title')}
        help={[t('namespaces.quota.help'), besides].filter(Boolean).join(' ')}
      >
        <QuotaFields
          quota={form.quota}
          onChange={quota => change({ quota })}
          problemAt={problemAt}
          leftOf={leftOf}
        />
      </Section>
      <Section
        title={t('namespaces.limits.title')}
        help={t('namespaces.limits.help')}
      >
        <LimitsFields
          limits={form.limits}
          onChange={limits => change({ limits })}
          problemAt={problemAt}
        />
      </Section>
    </>
  );
}

function TextOf(props: {
  state: State;
  field: 'name' | 'environment';
  required?: boolean;
  first?: boolean;
}) {
  const { t } = useAmambaTranslation();
  const id = useId();
  const { field, state } = props;
  const problem = state.problemAt(field);
  const rule = t(`namespaces.form.rules.${field}`);
  return (
    <FormField
      id={id}
      label={t(`namespaces.form.${field}`)}
      value={state.form[field]}
      onChange={event => state.change({ [field]: event.target.value })}
      problem={problem?.byRule ? rule : problem?.message}
      help={rule}
      required={props.required}
      // a person came here to fill it in
      // eslint-disable-next-line jsx-a11y/no-autofocus
      autoFocus={props.first}
      inputProps={{ autoComplete: 'off', spellCheck: false }}
    />
  );
}

function ClusterField(props: {
  bindings: readonly ClusterBinding[];
  value: string;
  onChange: (cluster: string) => void;
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
      label={t('namespaces.columns.cluster')}
      value={props.value}
      onChange={event => props.onChange(event.target.value)}
    >
      {props.bindings.map(({ cluster, title }) => (
        <option key={cluster} value={cluster}>
          {title}
        </option>
      ))}
    </TextField>
  );
}

function SecurityField(props: { state: State; isNew: boolean }) {
  const { t } = useAmambaTranslation();
  const id = useId();
  const { form, change } = props.state;
  const levels = [...podSecuritySchema.options].reverse();
  const choices = props.isNew ? levels : [...levels, '' as const];
  return (
    <TextField
      id={id}
      select
      SelectProps={{ native: true }}
      fullWidth
      margin="dense"
      variant="outlined"
      label={t('namespaces.form.podSecurity')}
      helperText={t(`namespaces.form.levelsHelp.${form.podSecurity || 'asIs'}`)}
      InputLabelProps={{ shrink: true }}
      value={form.podSecurity}
      onChange={event => {
        const chosen = choices.find(level => level === event.target.value);
        if (chosen !== undefined) change({ podSecurity: chosen });
      }}
    >
      {choices.map(level => (
        <option key={level} value={level}>
          {t(`namespaces.form.levels.${level || 'asIs'}`)}
        </option>
      ))}
    </TextField>
  );
}
