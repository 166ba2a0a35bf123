export {
  askedResources,
  quotaAsked,
  type Asked,
  type QuotaAsked,
} from './asked';
export {
  addDocument,
  applicationPorts,
  editForm,
  isFormWorkload,
  readForm,
  removeDocument,
  renameApplication,
  switchKind,
  valueAt,
  withValueAt,
  type FormDocument,
} from './documents';
export { formSentence, type FormCode } from './messages';
export { formProblems, type FormProblem } from './problems';
export {
  APPLICATION_LABEL,
  applicationLabels,
  applicationOf,
  applicationStartSchema,
  buildManifests,
  buildYaml,
  formWorkloadKinds,
  ingressOf,
  serviceOf,
  type ApplicationStart,
  type ApplicationStartInput,
  type FormWorkloadKind,
} from './start';
