import FormHelperText from '@material-ui/core/FormHelperText';
import {
  isJsonObject,
  withValueAt,
} from '@amamba/backstage-plugin-amamba-common';
import { useId, type ReactNode } from 'react';
import { useAmambaTranslation } from '../../translation';
import { FormField } from '../Form';
import type { InputProps } from './inputs';
import type { FieldPath, FieldSpec, UnionField, YamlForm } from './types';

/** A form that leaves what was chosen in its place, when the last thing that is said of it goes. */
function keeping(form: YamlForm, chosen: FieldPath): YamlForm {
  return {
    ...form,
    set: (path, to) => {
      const inside =
        path.length > chosen.length &&
        chosen.every((step, index) => path[index] === step);
      if (to !== undefined || !inside) {
        form.set(path, to);
        return;
      }
      const rest = path.slice(chosen.length);
      form.set(chosen, withValueAt(form.valueAt(chosen), rest, to) ?? {});
    },
  };
}

/**
 * One of several things, chosen by its name. Choosing another one drops what was said of the one before.
 * @param props.children - draws fields below the path of the union
 */
export function UnionInput(
  props: InputProps<UnionField> & {
    children: (fields: readonly FieldSpec[], form: YamlForm) => ReactNode;
  },
) {
  const { t } = useAmambaTranslation();
  const { form, path, field } = props;
  const id = useId();
  const value = form.valueAt(path);
  const map = isJsonObject(value) ? value : {};
  const chosen = field.options.find(({ key }) => Object.hasOwn(map, key));
  const choose = (key: string) => {
    const option = field.options.find(one => one.key === key);
    const known = new Set(field.options.map(one => one.key));
    const rest = Object.entries(map).filter(([name]) => !known.has(name));
    if (!option && field.none !== undefined) form.set(path, undefined);
    if (!option) return;
    form.set(path, {
      ...Object.fromEntries(rest),
      [option.key]: option.blank,
    });
  };
  const problem = form.problemAt(path);
  return (
    <>
      <FormField
        id={id}
        select
        SelectProps={{ native: true }}
        InputLabelProps={{ shrink: true }}
        label={field.label}
        value={chosen?.key ?? ''}
        problem={problem}
        help={field.help}
        onChange={event => choose(event.target.value)}
      >
        {(field.none !== undefined || !chosen) && (
          <option value="">{field.none ?? t('yamlForm.choose')}</option>
        )}
        {field.options.map(({ key, label }) => (
          <option key={key} value={key}>
            {label}
          </option>
        ))}
      </FormField>
      {!chosen && Object.keys(map).length > 0 && !problem && (
        <FormHelperText>{t('yamlForm.onlyInText')}</FormHelperText>
      )}
      {chosen &&
        props.children(chosen.fields, keeping(form, [...path, chosen.key]))}
    </>
  );
}
