export { YamlFields } from './YamlFields';
export {
  fieldsOfSchema,
  schemaOfValue,
  type SchemaWords,
} from './schemaFields';
export { useYamlForm, type ValueProblem } from './useYamlForm';
export type { FieldPath, FieldSpec, UnionOption, YamlForm } from './types';
