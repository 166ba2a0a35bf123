import { makeStyles } from '@material-ui/core/styles';
import { GroupInput } from './GroupInput';
import { ListInput } from './ListInput';
import { MapInput } from './MapInput';
import { BooleanInput, ChoiceInput, NumberInput, TextInput } from './inputs';
import { TextsInput } from './TextsInput';
import type { FieldPath, FieldSpec, YamlForm } from './types';
import { UnionInput } from './UnionInput';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fill, minmax(min(100%, 15rem), 1fr))',
    gap: theme.spacing(0, 2),
    alignItems: 'start',
    minWidth: 0,
  },
  wide: { gridColumn: '1 / -1', minWidth: 0 },
}));

/** Draws fields over a value. What they say is all in the value: the text beside them shows the same. */
export function YamlFields(props: {
  form: YamlForm;
  /** path of what the fields stand in */
  at: FieldPath;
  fields: readonly FieldSpec[];
}) {
  const classes = useStyles();
  return (
    <div className={classes.root}>
      {props.fields.map(field => (
        <div
          key={`${field.path.join(' ')} ${field.label}`}
          className={isWide(field) ? classes.wide : undefined}
        >
          <YamlField {...props} field={field} />
        </div>
      ))}
    </div>
  );
}

function isWide(field: FieldSpec): boolean {
  return (
    ['texts', 'map', 'list', 'group', 'union'].includes(field.type) ||
    (field.type === 'text' && field.rows !== undefined)
  );
}

function YamlField(props: { form: YamlForm; at: FieldPath; field: FieldSpec }) {
  const { form, field } = props;
  const path = [...props.at, ...field.path];
  switch (field.type) {
    case 'text':
      return <TextInput form={form} path={path} field={field} />;
    case 'number':
      return <NumberInput form={form} path={path} field={field} />;
    case 'boolean':
      return <BooleanInput form={form} path={path} field={field} />;
    case 'choice':
      return <ChoiceInput form={form} path={path} field={field} />;
    case 'texts':
      return <TextsInput form={form} path={path} field={field} />;
    case 'map':
      return <MapInput form={form} path={path} field={field} />;
    case 'list':
      return (
        <ListInput form={form} path={path} field={field}>
          {item => <YamlFields form={form} at={item} fields={field.fields} />}
        </ListInput>
      );
    case 'union':
      return (
        <UnionInput form={form} path={path} field={field}>
          {(fields, inner) => (
            <YamlFields form={inner} at={path} fields={fields} />
          )}
        </UnionInput>
      );
    default:
      return (
        <GroupInput form={form} path={path} field={field}>
          <YamlFields form={form} at={path} fields={field.fields} />
        </GroupInput>
      );
  }
}
