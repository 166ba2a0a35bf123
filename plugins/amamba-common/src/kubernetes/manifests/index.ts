export {
  checkManifests,
  type ManifestCheckResult,
  type ManifestDocument,
  type ManifestIssue,
  type ManifestRules,
} from './check';
export { cleanManifest, templateManifest } from './clean';
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
  ownedManifest,
  ownedPaths,
  type FieldManager,
} from './managedFields';
export { isJsonArray, isJsonObject, pathText, type JsonObject } from './paths';
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
