import { valueAt, type KubeJson } from '@amamba/backstage-plugin-amamba-common';
import type { FieldPath, FieldSpec } from '../../../../components/YamlForm';

/** Path of the pods' own part of a workload. */
export const POD = ['spec', 'template', 'spec'] as const;

/** A line of text. */
export function text(
  path: FieldPath,
  label: string,
  more: {
    help?: string;
    required?: boolean;
    placeholder?: string;
    rows?: number;
    keepsEmpty?: boolean;
  } = {},
): FieldSpec {
  return { type: 'text', path, label, ...more };
}

/** A number. */
export function number(
  path: FieldPath,
  label: string,
  more: { help?: string; required?: boolean; placeholder?: string } = {},
): FieldSpec {
  return { type: 'number', path, label, ...more };
}

/** A number, or a text in its place: the name of a port, a share. */
export function numberOrText(
  path: FieldPath,
  label: string,
  more: { help?: string; required?: boolean; placeholder?: string } = {},
): FieldSpec {
  return { type: 'number', orText: true, path, label, ...more };
}

/** One of values that are named in Kubernetes' own words. */
export function words(
  path: FieldPath,
  label: string,
  values: readonly string[],
  unset?: string,
): FieldSpec {
  return {
    type: 'choice',
    path,
    label,
    unset,
    options: values.map(value => ({ value, label: value })),
  };
}

/** Fields that belong together. */
export function group(
  label: string,
  fields: readonly FieldSpec[],
  more: { path?: FieldPath; help?: string; open?: boolean } = {},
): FieldSpec {
  return { type: 'group', path: [], label, fields, ...more };
}

/** Things of one kind. */
export function list(
  path: FieldPath,
  label: string,
  add: string,
  fields: readonly FieldSpec[],
  more: { blank?: KubeJson; name?: string; help?: string } = {},
): FieldSpec {
  const { blank = {}, name = 'name', help } = more;
  return {
    type: 'list',
    path,
    label,
    add,
    fields,
    blank,
    help,
    title: (item, index) => {
      const title = valueAt(item, [name]);
      return typeof title === 'string' || typeof title === 'number'
        ? String(title) || String(index + 1)
        : String(index + 1);
    },
  };
}
