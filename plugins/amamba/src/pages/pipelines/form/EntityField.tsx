import Autocomplete from '@material-ui/lab/Autocomplete';
import { useApi } from '@backstage/core-plugin-api';
import { stringifyEntityRef } from '@backstage/catalog-model';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import useAsync from 'react-use/esm/useAsync';
import { FormField, type FieldProblem } from '../../../components/Form';
import { ENTITY_KINDS } from '../../../entityKinds';
import { useWorkspace } from '../../../hooks/useWorkspace';
import { useAmambaTranslation } from '../../../translation';

const MAX_ENTITIES = 500;

/** The entity that shows the pipeline: one of the workspace's, or any reference that is typed. */
export function EntityField(props: {
  value: string;
  problem: FieldProblem | undefined;
  onChange: (value: string) => void;
}) {
  const { t } = useAmambaTranslation();
  const catalog = useApi(catalogApiRef);
  const { ref } = useWorkspace();
  const { value: options = [] } = useAsync(async () => {
    const { items } = await catalog.queryEntities({
      filter: { kind: [...ENTITY_KINDS], 'relations.ownedBy': ref },
      fields: ['kind', 'metadata.name', 'metadata.namespace'],
      limit: MAX_ENTITIES,
    });
    return items.map(entity => stringifyEntityRef(entity)).sort();
  }, [catalog, ref]);
  const { problem } = props;
  const message = problem?.byRule
    ? t('pipelines.form.rules.entityRef')
    : problem?.message;
  return (
    <Autocomplete
      freeSolo
      options={options}
      value={props.value || null}
      onChange={(_event, value) => props.onChange(value ?? '')}
      inputValue={props.value}
      onInputChange={(_event, value) => props.onChange(value)}
      openText={t('common.open')}
      closeText={t('common.close')}
      clearText={t('common.clear')}
      renderInput={params => (
        <FormField
          {...params}
          label={t('pipelines.form.entity')}
          help={t('pipelines.form.entityHelp')}
          problem={message}
        />
      )}
    />
  );
}
