export {
  checkManifests,
  type ManifestCheckResult,
  type ManifestDocument,
  type ManifestIssue,
  type ManifestRules,
} from './check';
export { cleanManifest, editableManifest, templateManifest } from './clean';
export {
  diffManifests,
  diffValues,
  equalJson,
  MASKED,
  maskSecret,
  type ManifestDiff,
  type ManifestHunk,
} from './diff';
export {
  fieldManagers,
  otherOwners,
  ownedManifest,
  ownedPaths,
  takenOver,
  type FieldManager,
} from './managedFields';
export { followManifest } from './follow';
export { withResourceVersion } from './lock';
export { keptFields, withoutFields } from './removed';
export {
  isJsonArray,
  isJsonObject,
  pathText,
  type JsonObject,
  type PathStep,
} from './paths';
export { reviseYaml } from './reviseYaml';
export { toYaml, toYamlDocuments } from './yamlText';
export {
  manifestFindings,
  type FindingLevel,
  type ManifestFinding,
} from './findings';
export { manifestKindVerdict, type ManifestKindVerdict } from './kinds';
export {
  manifestMessages,
  manifestSentence,
  type ManifestCode,
} from './messages';
export {
  MAX_MANIFEST_BYTES,
  readYaml,
  type TextPlace,
  type YamlDocument,
  type YamlProblem,
  type YamlReading,
} from './yamlDocuments';
