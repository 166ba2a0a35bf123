import type {
  KubeJson,
  PathStep,
} from '@amamba/backstage-plugin-amamba-common';

/** Where something stands in the value that a form edits. */
export type FieldPath = readonly PathStep[];

/** What every field says of itself. */
export interface FieldBase {
  /** below the path of what it stands in */
  path: FieldPath;
  label: string;
  help?: string;
  required?: boolean;
}

/** One line of text, or several. */
export interface TextField extends FieldBase {
  type: 'text';
  rows?: number;
  /** shown while nothing is written: what holds then */
  placeholder?: string;
  /** an empty text is a value too */
  keepsEmpty?: boolean;
}

/** A number; with `orText` what is no number stays text: the name of a port, a share. */
export interface NumberField extends FieldBase {
  type: 'number';
  orText?: boolean;
  placeholder?: string;
}

/** Yes or no. With `unset` there is a third answer, in these words: nothing is said. */
export interface BooleanField extends FieldBase {
  type: 'boolean';
  unset?: string;
}

/** One of several values. */
export interface ChoiceField extends FieldBase {
  type: 'choice';
  options: readonly { value: string | number; label: string }[];
  /** what holds while none is chosen; absent: one must be */
  unset?: string;
}

/** Texts, one a line. */
export interface TextsField extends FieldBase {
  type: 'texts';
}

/** Texts by name. */
export interface MapField extends FieldBase {
  type: 'map';
}

/** Things of one kind. */
export interface ListField extends FieldBase {
  type: 'list';
  fields: readonly FieldSpec[];
  /** what a new one begins as */
  blank: KubeJson;
  /** "Add container" */
  add: string;
  /** name of one for its heading and its button: "web", "2" */
  title: (item: KubeJson, index: number) => string;
}

/** Fields that belong together; folded at first. */
export interface GroupField extends FieldBase {
  type: 'group';
  fields: readonly FieldSpec[];
  /** open at first */
  open?: boolean;
}

/** One of the things of a {@link UnionField}. */
export interface UnionOption {
  key: string;
  label: string;
  /** what it begins as */
  blank: KubeJson;
  /** below the path of the union, the key included */
  fields: readonly FieldSpec[];
}

/** One of several things, told apart by the key that is there: the source of a volume, the way of a probe. */
export interface UnionField extends FieldBase {
  type: 'union';
  /** what is said when none of them is there, and it may be so */
  none?: string;
  options: readonly UnionOption[];
}

/** A field of a form, as data. */
export type FieldSpec =
  | TextField
  | NumberField
  | BooleanField
  | ChoiceField
  | TextsField
  | MapField
  | ListField
  | GroupField
  | UnionField;

/** What a form edits. */
export interface YamlForm {
  valueAt: (path: FieldPath) => KubeJson | undefined;
  /** @param value - undefined takes it away */
  set: (path: FieldPath, value: KubeJson | undefined) => void;
  /** what is wrong at a path, in words */
  problemAt: (path: FieldPath) => string | undefined;
  /** how many problems there are at a path and below it */
  problemsBelow: (path: FieldPath) => number;
}
