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
