import {
  createConditionAuthorizer,
  createConditionTransformer,
} from '@backstage/plugin-permission-node';
import type { PipelineResource } from './resources';
import {
  createPipelineConditionalDecision,
  createRunConditionalDecision,
  pipelineConditions,
  pipelineRules,
  runConditions,
  runRules,
} from './rules';
import {
  pipelineReadPermission,
  runStartPermission,
} from '@amamba/backstage-plugin-amamba-common';

const SHOP: PipelineResource = {
  workspaceRef: 'group:default/team-a',
  name: 'shop',
  environment: 'dev',
  createdBy: 'user:default/ann',
};
const { environment: _, ...UNASSIGNED } = SHOP;

const REFS = { refs: [SHOP.workspaceRef, 'group:default/b'] };
const ENVIRONMENTS = { environments: ['test', 'dev'] };
const NAMES = { names: ['shop'] };

const CASES = [
  {
    onPipelines: pipelineConditions.inWorkspace(REFS),
    onRuns: runConditions.inWorkspace(REFS),
    other: { ...SHOP, workspaceRef: 'group:default/c' },
    query: { property: 'workspaceRef', values: REFS.refs },
  },
  {
    onPipelines: pipelineConditions.inEnvironment(ENVIRONMENTS),
    onRuns: runConditions.inEnvironment(ENVIRONMENTS),
    other: UNASSIGNED,
    query: { property: 'environment', values: ENVIRONMENTS.environments },
  },
  {
    onPipelines: pipelineConditions.isNamed(NAMES),
    onRuns: runConditions.isNamed(NAMES),
    other: { ...SHOP, name: 'Shop' },
    query: { property: 'name', values: NAMES.names },
  },
];

describe.each(CASES)(
  '$onRuns.rule',
  ({ onPipelines, onRuns, other, query }) => {
    it('judges pipelines, one by one and in lists', () => {
      const decision = createPipelineConditionalDecision(
        pipelineReadPermission,
        onPipelines,
      );
      const isAllowed = createConditionAuthorizer(pipelineRules);
      expect(isAllowed(decision, SHOP)).toBe(true);
      expect(isAllowed(decision, other)).toBe(false);
      const transform = createConditionTransformer(pipelineRules);
      expect(transform(onPipelines)).toEqual(query);
    });

    it('judges runs by their pipeline', () => {
      const decision = createRunConditionalDecision(runStartPermission, onRuns);
      const isAllowed = createConditionAuthorizer(runRules);
      expect(isAllowed(decision, SHOP)).toBe(true);
      expect(isAllowed(decision, other)).toBe(false);
      const transform = createConditionTransformer(runRules);
      expect(transform(onRuns)).toEqual(query);
    });
  },
);
