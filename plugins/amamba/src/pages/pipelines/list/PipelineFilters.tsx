import { ListFilters } from '../../../components/List';
import { useRunStateOptions } from '../../../components/Status';
import { useAmambaTranslation } from '../../../translation';
import type { PipelineList } from './usePipelineList';

/** Search and filters of the list of pipelines. */
export function PipelineFilters(props: { list: PipelineList }) {
  const { t } = useAmambaTranslation();
  const states = useRunStateOptions();
  return (
    <ListFilters
      list={props.list}
      fields={[
        { name: 'q', type: 'search', label: t('pipelines.search') },
        {
          name: 'state',
          type: 'choices',
          label: t('pipelines.state'),
          options: states,
        },
      ]}
    />
  );
}
