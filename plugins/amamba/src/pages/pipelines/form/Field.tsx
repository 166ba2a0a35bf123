import { useId } from 'react';
import { FormField, type FieldProblem } from '../../../components/Form';
import { useAmambaTranslation, type Translate } from '../../../translation';
import { FIELD_RULES } from './fieldRules';

/** A line of text of the form, with its rule when it is broken. */
export function Field(props: {
  /** path in the contract, `source.url` */
  path: string;
  label: string;
  value: string;
  onChange: (value: string) => void;
  problem: FieldProblem | undefined;
  help?: string;
  required?: boolean;
  disabled?: boolean;
  rows?: number;
  /** code, in a fixed width */
  code?: boolean;
  numeric?: boolean;
  /** has the focus when the form opens */
  first?: boolean;
}) {
  const { t } = useAmambaTranslation();
  const id = useId();
  const { problem, value, path } = props;
  const message = problem && problemText(t, path, problem, props);
  return (
    <FormField
      id={id}
      label={props.label}
      value={value}
      onChange={event => props.onChange(event.target.value)}
      problem={message}
      help={props.help}
      required={props.required}
      disabled={props.disabled}
      multiline={props.rows !== undefined}
      minRows={props.rows}
      // a person came here to fill it in
      // eslint-disable-next-line jsx-a11y/no-autofocus
      autoFocus={props.first}
      inputProps={{
        'data-field': path,
        autoComplete: 'off',
        spellCheck: props.code ? false : undefined,
        inputMode: props.numeric ? 'numeric' : undefined,
        style: props.code ? { fontFamily: 'monospace' } : undefined,
      }}
    />
  );
}

function problemText(
  t: Translate,
  path: string,
  problem: FieldProblem,
  field: { value: string; required?: boolean },
): string {
  if (!problem.byRule) return problem.message;
  if (field.required && field.value.trim() === '') {
    return t('pipelines.form.required');
  }
  const rule = FIELD_RULES.find(([pattern]) => pattern.test(path))?.[1];
  return rule ? t(`pipelines.form.rules.${rule}`) : problem.message;
}
