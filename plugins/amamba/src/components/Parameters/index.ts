export { ParameterFields } from './ParameterFields';
export { useParameterForm, type ParameterForm } from './useParameterForm';
export { lastValues, presetValues } from './values';
