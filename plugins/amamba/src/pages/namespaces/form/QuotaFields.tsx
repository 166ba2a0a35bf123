import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import {
  describeQuantity,
  parseQuantity,
  quantityUnit,
} from '@amamba/backstage-plugin-amamba-common';
import { FormField, PairRows, type FormState } from '../../../components/Form';
import { keysOf, NAMED_GROUPS, quotaLabel } from '../../../components/Quota';
import { useLanguage } from '../../../components/Time';
import { useAmambaTranslation, type Translate } from '../../../translation';
import type { QuotaCode, QuotaForm } from './quotaForm';

const EXAMPLES = { cpu: '500m, 2', bytes: '512Mi, 4Gi', count: '20' } as const;

const useStyles = makeStyles(theme => ({
  group: { marginTop: theme.spacing(2) },
  fields: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fill, minmax(15rem, 1fr))',
    gap: theme.spacing(0, 2),
  },
}));

/** Says what is wrong with a limit of a quota. */
export function quotaProblemText(
  t: Translate,
  problem: ReturnType<FormState<object>['problemAt']>,
  left: string | undefined,
): string | undefined {
  if (!problem?.byRule) return problem?.message;
  const code = problem.message as QuotaCode;
  return t(`namespaces.quota.problems.${code}`, { left: left ?? '0' });
}

/** What a quantity is, for people; undefined while it is none. */
function useMeaning(): (key: string, value: string) => string | undefined {
  const language = useLanguage();
  return (key, value) => {
    const unit = quantityUnit(key);
    const text = value.trim();
    if (unit === 'count' || parseQuantity(text) === undefined) return undefined;
    return `= ${describeQuantity(text, unit, language)}`;
  };
}

/**
 * Edits the limits of a quota: a field for each key that has words, rows for the others.
 * @param props.leftOf - what the workspace may still give of a key, for people
 */
export function QuotaFields(props: {
  quota: QuotaForm;
  onChange: (quota: QuotaForm) => void;
  problemAt: FormState<object>['problemAt'];
  leftOf?: (key: string) => string | undefined;
}) {
  const classes = useStyles();
  const { t } = useAmambaTranslation();
  const meaning = useMeaning();
  const { quota, onChange, problemAt, leftOf } = props;
  const problemOf = (key: string) =>
    quotaProblemText(t, problemAt(`quota.${key}`), leftOf?.(key));
  const helpOf = (key: string, value: string) => {
    const left = leftOf?.(key);
    const parts = [
      meaning(key, value) ??
        t('namespaces.quota.example', {
          example: EXAMPLES[quantityUnit(key)],
        }),
      left !== undefined && t('namespaces.quota.left', { left }),
    ];
    return parts.filter(Boolean).join(' · ');
  };
  return (
    <>
      {NAMED_GROUPS.map(group => (
        <div key={group} className={classes.group}>
          <Typography variant="subtitle2" component="h4">
            {t(`namespaces.quota.groups.${group}`)}
          </Typography>
          <div className={classes.fields}>
            {keysOf(group).map(key => {
              const value = quota.named[key] ?? '';
              return (
                <FormField
                  key={key}
                  id={`quota-${key}`}
                  label={quotaLabel(t, key)}
                  value={value}
                  onChange={event =>
                    onChange({
                      ...quota,
                      named: { ...quota.named, [key]: event.target.value },
                    })
                  }
                  problem={problemOf(key)}
                  help={helpOf(key, value)}
                  inputProps={{ autoComplete: 'off', spellCheck: false }}
                />
              );
            })}
          </div>
        </div>
      ))}
      <div className={classes.group}>
        <Typography variant="subtitle2" component="h4">
          {t('namespaces.quota.groups.others')}
        </Typography>
        <Typography variant="body2" color="textSecondary">
          {t('namespaces.quota.othersHelp')}
        </Typography>
        <PairRows
          rows={quota.others}
          onChange={others => onChange({ ...quota, others })}
          words={{
            key: t('namespaces.quota.key'),
            value: t('namespaces.quota.limit'),
            add: t('namespaces.quota.add'),
            remove: t('namespaces.quota.remove'),
          }}
          problemOf={({ key }) => problemOf(key.trim())}
          helpOf={({ key, value }) => meaning(key, value)}
        />
      </div>
    </>
  );
}
