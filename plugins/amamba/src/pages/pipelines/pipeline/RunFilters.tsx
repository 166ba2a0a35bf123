import { identityApiRef, useApi } from '@backstage/core-plugin-api';
import useAsync from 'react-use/esm/useAsync';
import type { FilterOption } from '../../../components/Filter';
import { ListFilters } from '../../../components/List';
import { useRunStateOptions } from '../../../components/Status';
import { useAmambaTranslation } from '../../../translation';
import type { RunList } from './useRunList';

/** Search and filters of the list of runs. */
export function RunFilters(props: { list: RunList }) {
  const { t } = useAmambaTranslation();
  const states = useRunStateOptions();
  const people = usePeople(props.list);
  return (
    <ListFilters
      list={props.list}
      fields={[
        { name: 'q', type: 'search', label: t('pipelines.runs.search') },
        {
          name: 'state',
          type: 'choices',
          label: t('pipelines.state'),
          options: states,
        },
        { name: 'branch', type: 'text', label: t('pipelines.runs.branch') },
        {
          name: 'by',
          type: 'choice',
          label: t('pipelines.runs.by'),
          options: people,
        },
      ]}
    />
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
