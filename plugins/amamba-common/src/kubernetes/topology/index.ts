export { topologyId, type TopologyEdge, type TopologyRelation } from './edges';
export { podReferences, podTemplateOf, type KubeReference } from './references';
export {
  objectTopology,
  type ObjectTopology,
  type TopologyObjectNode,
  type TopologyOptions,
} from './topology';
