import {
  changedValues,
  isJsonObject,
  mergeValues,
  readYaml,
  reviseYaml,
  toYaml,
  withValueAt,
  type ChartDetail,
  type JsonObject,
  type KubeJson,
} from '@amamba/backstage-plugin-amamba-common';
import { useCallback, useMemo, useState } from 'react';
import {
  fieldsOfSchema,
  schemaOfValue,
  useYamlForm,
  type FieldPath,
  type FieldSpec,
  type ValueProblem,
  type YamlForm,
} from '../../../components/YamlForm';
import { useAmambaTranslation } from '../../../translation';

const NONE: readonly ValueProblem[] = [];

/** The map that a text of values is; undefined when it is none. */
function mapOf(text: string): JsonObject | undefined {
  const reading = readYaml(text);
  if ('problem' in reading) return undefined;
  const [document, ...others] = reading.documents;
  if (!document || document.problems.length > 0 || others.length > 0) {
    return text.trim() === '' ? {} : undefined;
  }
  const value = document.value ?? {};
  return isJsonObject(value) ? value : undefined;
}

/** A chart's values.yaml with a user's values in it; its comments stay. */
function textWith(defaults: string, values: JsonObject): string {
  const known = mapOf(defaults) ?? {};
  const merged = mergeValues(known, values);
  return reviseYaml(defaults, 0, merged) ?? toYaml(merged);
}

/** The values of a release, as text and as fields of the same. */
export interface Values {
  text: string;
  setText: (text: string) => void;
  form: YamlForm;
  fields: readonly FieldSpec[];
  /** false while the text can't be read as a map */
  readable: boolean;
  /** YAML of what differs from the chart's defaults: what Helm is given */
  changed: string;
  dirty: boolean;
}

/**
 * Edits the values of a chart: what was changed goes along when another version is chosen.
 * @param own - YAML of the values that the release has already
 */
export function useValues(chart: ChartDetail, own = ''): Values {
  const { t } = useAmambaTranslation();
  const { defaultValues, schema } = chart;
  const [start] = useState(() => mapOf(own) ?? {});
  const [state, setState] = useState(() => ({
    defaults: defaultValues,
    text: textWith(defaultValues, start),
  }));
  let { text } = state;
  if (state.defaults !== defaultValues) {
    const before = mapOf(state.defaults) ?? {};
    const now = mapOf(text);
    text = textWith(defaultValues, now ? changedValues(before, now) : start);
    setState({ defaults: defaultValues, text });
  }
  const setText = useCallback(
    (next: string) => setState(before => ({ ...before, text: next })),
    [],
  );
  const value = useMemo(() => mapOf(text), [text]);
  const set = useCallback((path: FieldPath, to: KubeJson | undefined) => {
    setState(before => {
      const now = mapOf(before.text);
      if (!now) return before;
      const next = withValueAt(now, path, to) ?? {};
      return {
        ...before,
        text: reviseYaml(before.text, 0, next) ?? before.text,
      };
    });
  }, []);
  const form = useYamlForm(value, set, NONE);
  const known = useMemo(() => mapOf(defaultValues) ?? {}, [defaultValues]);
  const fields = useMemo(() => {
    const described: unknown = schema;
    return fieldsOfSchema(
      isJsonObject(described) ? described : schemaOfValue(known),
      {
        add: name => t('yamlForm.addTo', { name }),
        unset: t('appForm.unset'),
      },
    );
  }, [schema, known, t]);
  const changed = useMemo(() => {
    const differs = value && changedValues(known, value);
    return differs && Object.keys(differs).length > 0 ? toYaml(differs) : '';
  }, [known, value]);
  const [first] = useState(changed);
  return {
    text,
    setText,
    form,
    fields,
    readable: value !== undefined,
    changed,
    dirty: changed !== first || value === undefined,
  };
}
