import Typography from '@material-ui/core/Typography';
import type { ParameterDefinition } from '@amamba/backstage-plugin-amamba-common';
import { useAmambaTranslation, type Translate } from '../../../translation';

/** Its choices or its default; empty when it has none. */
function valuesOf(t: Translate, definition: ParameterDefinition): string {
  const preset = (value: string) => t('pipelines.settings.preset', { value });
  switch (definition.type) {
    case 'boolean':
      return preset(
        definition.defaultValue
          ? t('pipelines.settings.on')
          : t('pipelines.settings.off'),
      );
    case 'choice':
      return definition.choices.join(', ');
    case 'password':
      return definition.hasDefault ? preset('••••') : '';
    case 'unsupported':
      return definition.engineType;
    default:
      return definition.defaultValue ? preset(definition.defaultValue) : '';
  }
}

/** Parameters that are only shown. */
export function ParameterList(props: {
  parameters: readonly ParameterDefinition[];
}) {
  const { t } = useAmambaTranslation();
  if (props.parameters.length === 0) {
    return (
      <Typography color="textSecondary">
        {t('pipelines.settings.noParameters')}
      </Typography>
    );
  }
  return (
    <ul>
      {props.parameters.map(definition => (
        <li key={definition.name}>
          <code>{definition.name}</code>{' '}
          {[
            t(`pipelines.parameterTypes.${definition.type}`),
            valuesOf(t, definition),
          ]
            .filter(Boolean)
            .join(' · ')}
          {definition.description && (
            <Typography variant="body2" color="textSecondary">
              {definition.description}
            </Typography>
          )}
        </li>
      ))}
    </ul>
  );
}

/** Parameters that the Jenkinsfile declares: shown, and why they cannot be edited here. */
export function DeclaredParameters(props: {
  parameters: readonly ParameterDefinition[];
}) {
  const { t } = useAmambaTranslation();
  return (
    <>
      <Typography variant="body2">
        {t('pipelines.settings.declared')}
      </Typography>
      <ParameterList parameters={props.parameters} />
    </>
  );
}
