import Checkbox from '@material-ui/core/Checkbox';
import FormControl from '@material-ui/core/FormControl';
import FormControlLabel from '@material-ui/core/FormControlLabel';
import FormHelperText from '@material-ui/core/FormHelperText';
import {
  pathText,
  type KubeJson,
} from '@amamba/backstage-plugin-amamba-common';
import { useId } from 'react';
import { useAmambaTranslation } from '../../translation';
import { FormField } from '../Form';
import type {
  BooleanField,
  ChoiceField,
  FieldPath,
  NumberField,
  TextField,
  YamlForm,
} from './types';

/** What an input is given. */
export interface InputProps<F> {
  form: YamlForm;
  /** whole path of the field */
  path: FieldPath;
  field: F;
}

/** A value as a person would write it into a field; undefined for what has no place in one. */
function textOf(value: KubeJson | undefined): string | undefined {
  if (value === undefined || value === null) return '';
  return typeof value === 'object' ? undefined : String(value);
}

/** Says that a value is too rich for its field, and can be changed in the text. */
function useOnlyInText(value: KubeJson | undefined): string | undefined {
  const { t } = useAmambaTranslation();
  return textOf(value) === undefined ? t('yamlForm.onlyInText') : undefined;
}

/** One line of text, or several. */
export function TextInput(props: InputProps<TextField>) {
  const { form, path, field } = props;
  const id = useId();
  const value = form.valueAt(path);
  const only = useOnlyInText(value);
  return (
    <FormField
      id={id}
      label={field.label}
      value={textOf(value) ?? ''}
      disabled={only !== undefined}
      problem={form.problemAt(path)}
      help={only ?? field.help}
      required={field.required}
      multiline={field.rows !== undefined}
      minRows={field.rows}
      placeholder={field.placeholder}
      onChange={event => {
        const text = event.target.value;
        form.set(path, text === '' && !field.keepsEmpty ? undefined : text);
      }}
      inputProps={{
        'data-field': pathText(path),
        autoComplete: 'off',
        spellCheck: false,
      }}
    />
  );
}

const NUMBER = /^-?\d+(?:\.\d+)?$/;

/** A number. What is written and is none stays as text, so that it is not lost; the problem says so. */
export function NumberInput(props: InputProps<NumberField>) {
  const { form, path, field } = props;
  const id = useId();
  const value = form.valueAt(path);
  const only = useOnlyInText(value);
  return (
    <FormField
      id={id}
      label={field.label}
      value={textOf(value) ?? ''}
      disabled={only !== undefined}
      problem={form.problemAt(path)}
      help={only ?? field.help}
      required={field.required}
      placeholder={field.placeholder}
      onChange={event => {
        const text = event.target.value.trim();
        const number = NUMBER.test(text) && String(Number(text)) === text;
        const written = number ? Number(text) : text;
        form.set(path, text === '' ? undefined : written);
      }}
      inputProps={{
        'data-field': pathText(path),
        autoComplete: 'off',
        inputMode: field.orText ? undefined : 'numeric',
      }}
    />
  );
}

/** One of several values. */
export function ChoiceInput(props: InputProps<ChoiceField>) {
  const { form, path, field } = props;
  const { t } = useAmambaTranslation();
  const id = useId();
  const value = form.valueAt(path);
  const text = textOf(value) ?? '';
  const known =
    text === '' || field.options.some(option => String(option.value) === text);
  return (
    <FormField
      id={id}
      select
      SelectProps={{ native: true }}
      InputLabelProps={{ shrink: true }}
      label={field.label}
      value={text}
      problem={form.problemAt(path)}
      help={field.help}
      required={field.required}
      onChange={event => {
        const chosen = field.options.find(
          option => String(option.value) === event.target.value,
        );
        form.set(path, chosen?.value);
      }}
      inputProps={{ 'data-field': pathText(path) }}
    >
      {(field.unset !== undefined || text === '') && (
        <option value="">{field.unset ?? t('yamlForm.choose')}</option>
      )}
      {!known && <option value={text}>{text}</option>}
      {field.options.map(option => (
        <option key={option.value} value={String(option.value)}>
          {option.label}
        </option>
      ))}
    </FormField>
  );
}

/** Yes or no, or nothing said. */
export function BooleanInput(props: InputProps<BooleanField>) {
  const { form, path, field } = props;
  const { t } = useAmambaTranslation();
  const id = useId();
  const value = form.valueAt(path);
  if (field.unset !== undefined) {
    const text = typeof value === 'boolean' ? String(value) : '';
    return (
      <FormField
        id={id}
        select
        SelectProps={{ native: true }}
        InputLabelProps={{ shrink: true }}
        label={field.label}
        value={text}
        problem={form.problemAt(path)}
        help={field.help}
        onChange={event => {
          const chosen = event.target.value;
          form.set(path, chosen === '' ? undefined : chosen === 'true');
        }}
        inputProps={{ 'data-field': pathText(path) }}
      >
        <option value="">{field.unset}</option>
        <option value="true">{t('yamlForm.yes')}</option>
        <option value="false">{t('yamlForm.no')}</option>
      </FormField>
    );
  }
  const problem = form.problemAt(path);
  return (
    <FormControl margin="dense" fullWidth error={problem !== undefined}>
      <FormControlLabel
        label={field.label}
        control={
          <Checkbox
            color="primary"
            checked={value === true}
            onChange={event => form.set(path, event.target.checked)}
            inputProps={{ 'aria-describedby': `${id}-help` }}
          />
        }
      />
      <FormHelperText id={`${id}-help`}>{problem ?? field.help}</FormHelperText>
    </FormControl>
  );
}
