import {
  FilterBar,
  FilterSelect,
  SearchField,
  TextFilter,
  type ActiveFilter,
} from '../../components/Filter';
import { useAmambaTranslation } from '../../translation';
import { ACTIONS, actionWord } from './actions';
import { NO_AUDIT_FILTERS, RESULTS, type AuditList } from './useAuditList';

/** Search and filters of the audit. */
export function AuditFilters(props: { list: AuditList }) {
  const { t } = useAmambaTranslation();
  const { url, filter, live } = props.list;
  const values = {
    q: url.get('q') ?? '',
    who: url.get('who') ?? '',
    what: url.get('what') ?? '',
    result: url.get('result') ?? '',
    since: url.get('since') ?? '',
    until: url.get('until') ?? '',
  };
  const actors = new Set(live.data?.items.map(({ actor }) => actor));
  if (values.who) actors.add(values.who);
  const words = {
    q: [t('common.search'), values.q],
    who: [t('audit.columns.who'), values.who],
    what: [t('audit.columns.what'), actionWord(t, values.what)],
    result: [
      t('audit.columns.result'),
      RESULTS.some(result => result === values.result)
        ? t(`audit.results.${values.result as 'done'}`)
        : values.result,
    ],
    since: [t('audit.since'), values.since],
    until: [t('audit.until'), values.until],
  };
  const active: ActiveFilter[] = Object.entries(words)
    .filter(([, [, value]]) => value !== '')
    .map(([name, [label, value]]) => ({
      label: `${label}: ${value}`,
      remove: () => filter({ [name]: undefined }),
    }));
  return (
    <FilterBar active={active} onClear={() => filter(NO_AUDIT_FILTERS)}>
      <SearchField
        label={t('audit.search')}
        value={values.q}
        onChange={q => filter({ q: q.trim() })}
      />
      <FilterSelect
        label={t('audit.columns.who')}
        multiple={false}
        value={values.who ? [values.who] : []}
        options={[...actors].map(ref => ({
          value: ref,
          label: ref.slice(ref.lastIndexOf('/') + 1),
        }))}
        onChange={([who]) => filter({ who })}
      />
      <FilterSelect
        label={t('audit.columns.what')}
        multiple={false}
        value={values.what ? [values.what] : []}
        options={Object.keys(ACTIONS).map(action => ({
          value: action,
          label: actionWord(t, action),
        }))}
        onChange={([what]) => filter({ what })}
      />
      <FilterSelect
        label={t('audit.columns.result')}
        multiple={false}
        value={values.result ? [values.result] : []}
        options={RESULTS.map(result => ({
          value: result,
          label: t(`audit.results.${result}`),
        }))}
        onChange={([result]) => filter({ result })}
      />
      <TextFilter
        type="datetime-local"
        label={t('audit.since')}
        value={values.since}
        onChange={since => filter({ since })}
      />
      <TextFilter
        type="datetime-local"
        label={t('audit.until')}
        value={values.until}
        onChange={until => filter({ until })}
      />
    </FilterBar>
  );
}
