import { identityApiRef, useApi } from '@backstage/core-plugin-api';
import useAsync from 'react-use/esm/useAsync';
import {
  FilterBar,
  FilterSelect,
  SearchField,
  TextFilter,
  type ActiveFilter,
  type FilterOption,
} from '../../../components/Filter';
import { RUN_STATES, runLook, useStatusWord } from '../../../components/Status';
import { useAmambaTranslation } from '../../../translation';
import { NO_RUN_FILTERS, type RunList } from './useRunList';

/** Search and filters of the list of runs. */
export function RunFilters(props: { list: RunList }) {
  const { t } = useAmambaTranslation();
  const word = useStatusWord();
  const { url, filter } = props.list;
  const q = url.get('q') ?? '';
  const branch = url.get('branch') ?? '';
  const by = url.get('by') ?? '';
  const states = url.list('state');
  const chosen = RUN_STATES.filter(state => states.includes(state));
  const people = usePeople(props.list);
  const active: ActiveFilter[] = chosen.map(state => ({
    label: `${t('pipelines.state')}: ${word(runLook(state).word)}`,
    remove: () => filter({ state: chosen.filter(other => other !== state) }),
  }));
  const texts = [
    { name: 'q', label: t('common.search'), value: q },
    { name: 'branch', label: t('pipelines.runs.branch'), value: branch },
    { name: 'by', label: t('pipelines.runs.by'), value: by },
  ];
  for (const { name, label, value } of texts) {
    if (!value) continue;
    active.push({
      label: `${label}: ${name === 'by' ? shortName(value) : value}`,
      remove: () => filter({ [name]: undefined }),
    });
  }
  return (
    <FilterBar active={active} onClear={() => filter(NO_RUN_FILTERS)}>
      <SearchField
        label={t('pipelines.runs.search')}
        value={q}
        onChange={value => filter({ q: value.trim() })}
      />
      <FilterSelect
        label={t('pipelines.state')}
        value={chosen}
        options={RUN_STATES.map(state => ({
          value: state,
          label: word(runLook(state).word),
        }))}
        onChange={value => filter({ state: value })}
      />
      <TextFilter
        label={t('pipelines.runs.branch')}
        value={branch}
        onChange={value => filter({ branch: value })}
      />
      <FilterSelect
        label={t('pipelines.runs.by')}
        multiple={false}
        value={by ? [by] : []}
        options={people}
        onChange={([person]) => filter({ by: person })}
      />
    </FilterBar>
  );
}

/** Whom the runs can be filtered by: the reader, and who started the runs that are shown. */
function usePeople(list: RunList): FilterOption[] {
  const { t } = useAmambaTranslation();
  const identity = useApi(identityApiRef);
  const { value: me } = useAsync(
    () => identity.getBackstageIdentity(),
    [identity],
  );
  const refs = new Set<string>();
  const chosen = list.url.get('by');
  if (me) refs.add(me.userEntityRef);
  if (chosen) refs.add(chosen);
  for (const { cause } of list.live.data?.items ?? []) {
    if (cause.by) refs.add(cause.by);
  }
  return [...refs].map(ref => ({
    value: ref,
    label: ref === me?.userEntityRef ? t('pipelines.runs.me') : shortName(ref),
  }));
}

function shortName(who: string): string {
  return who.includes('/') ? who.slice(who.lastIndexOf('/') + 1) : who;
}
