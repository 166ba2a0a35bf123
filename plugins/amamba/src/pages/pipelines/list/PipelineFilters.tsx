import {
  FilterBar,
  FilterSelect,
  SearchField,
  type ActiveFilter,
} from '../../../components/Filter';
import { RUN_STATES, runLook, useStatusWord } from '../../../components/Status';
import { useAmambaTranslation } from '../../../translation';
import type { PipelineList } from './usePipelineList';

/** Search and filters of the list of pipelines. */
export function PipelineFilters(props: { list: PipelineList }) {
  const { t } = useAmambaTranslation();
  const word = useStatusWord();
  const { url, filter } = props.list;
  const q = url.get('q') ?? '';
  const states = url.list('state');
  const chosen = RUN_STATES.filter(state => states.includes(state));
  const active: ActiveFilter[] = [
    ...(q ? [{ label: `"${q}"`, remove: () => filter({ q: undefined }) }] : []),
    ...chosen.map(state => ({
      label: `${t('pipelines.state')}: ${word(runLook(state).word)}`,
      remove: () => filter({ state: chosen.filter(other => other !== state) }),
    })),
  ];
  return (
    <FilterBar
      active={active}
      onClear={() => filter({ q: undefined, state: undefined })}
    >
      <SearchField
        label={t('pipelines.search')}
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
    </FilterBar>
  );
}
