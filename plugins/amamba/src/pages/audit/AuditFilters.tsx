import { ListFilters } from '../../components/List';
import { useAmambaTranslation } from '../../translation';
import { ACTIONS, actionWord } from './actions';
import { RESULTS, type AuditList } from './useAuditList';

/** Search and filters of the audit. */
export function AuditFilters(props: { list: AuditList }) {
  const { t } = useAmambaTranslation();
  const { url, live } = props.list;
  const actors = new Set(live.data?.items.map(({ actor }) => actor));
  const who = url.get('who');
  if (who) actors.add(who);
  return (
    <ListFilters
      list={props.list}
      fields={[
        { name: 'q', type: 'search', label: t('audit.search') },
        {
          name: 'who',
          type: 'choice',
          label: t('audit.columns.who'),
          options: [...actors].map(ref => ({
            value: ref,
            label: ref.slice(ref.lastIndexOf('/') + 1),
          })),
        },
        {
          name: 'what',
          type: 'choice',
          label: t('audit.columns.what'),
          options: ACTIONS.map(action => ({
            value: action,
            label: actionWord(t, action),
          })),
        },
        {
          name: 'result',
          type: 'choice',
          label: t('audit.columns.result'),
          options: RESULTS.map(result => ({
            value: result,
            label: t(`audit.results.${result}`),
          })),
        },
        { name: 'since', type: 'time', label: t('audit.since') },
        { name: 'until', type: 'time', label: t('audit.until') },
      ]}
    />
  );
}
