export { YamlEditor } from './YamlEditor';
export type { TextProblem, YamlEditorProps } from './types';
