import {
  pathText,
  type KubeJson,
} from '@amamba/backstage-plugin-amamba-common';
import { useId, useState } from 'react';
import { useAmambaTranslation } from '../../translation';
import { FormField } from '../Form';
import type { InputProps } from './inputs';
import type { TextsField } from './types';

function linesOf(text: string): string[] {
  return text.split('\n').filter(line => line !== '');
}

/** The texts of a list; undefined when one of them has lines of its own, or is none. */
function textsOf(value: KubeJson | undefined): string[] | undefined {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) return undefined;
  const texts = value.map(String);
  return texts.some(text => text.includes('\n') || text === '') ||
    value.some((item: KubeJson) => typeof item === 'object')
    ? undefined
    : texts;
}

/** Texts, one a line. An empty line stays while it is written, and counts for nothing. */
export function TextsInput(props: InputProps<TextsField>) {
  const { form, path, field } = props;
  const { t } = useAmambaTranslation();
  const id = useId();
  const texts = textsOf(form.valueAt(path));
  const now = texts?.join('\n') ?? '';
  const [draft, setDraft] = useState(now);
  // what somebody changed in the text beside wins over the draft
  const shown = linesOf(draft).join('\n') === now ? draft : now;
  return (
    <FormField
      id={id}
      label={field.label}
      value={shown}
      disabled={texts === undefined}
      problem={form.problemAt(path)}
      help={
        texts === undefined
          ? t('yamlForm.onlyInText')
          : (field.help ?? t('yamlForm.oneALine'))
      }
      required={field.required}
      multiline
      minRows={2}
      onChange={event => {
        const text = event.target.value;
        setDraft(text);
        const lines = linesOf(text);
        form.set(path, lines.length > 0 ? lines : undefined);
      }}
      inputProps={{
        'data-field': pathText(path),
        autoComplete: 'off',
        spellCheck: false,
      }}
    />
  );
}
