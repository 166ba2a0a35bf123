import {
  pipelineSettingsSchema,
  type ParameterDefinition,
  type PipelineSource,
} from '@amamba/backstage-plugin-amamba-common';
import type { EnginePipelineSpec } from '@amamba/backstage-plugin-amamba-node';

export const SCRIPT: PipelineSource = {
  type: 'script',
  script: 'pipeline {}\n',
};
export const REPOSITORY: PipelineSource = {
  type: 'repository',
  url: 'https://git.example/shop.git',
  branch: 'main',
  scriptPath: 'ci/Jenkinsfile',
  credentialId: 'git',
};

/** A specification with what a test is about. */
export function spec(
  settings: object = {},
  rest: Partial<EnginePipelineSpec> = {},
): EnginePipelineSpec {
  return {
    description: 'A shop',
    source: SCRIPT,
    settings: pipelineSettingsSchema.parse(settings),
    ...rest,
  };
}

export const PARAMETERS: ParameterDefinition[] = [
  { type: 'string', name: 'S', defaultValue: ' d ', trim: true },
  { type: 'text', name: 'T', description: 'text', defaultValue: 'l1\nl2' },
  { type: 'boolean', name: 'B', defaultValue: true },
  { type: 'choice', name: 'C', choices: ['a', 'b', ''] },
  { type: 'password', name: 'P', hasDefault: false },
];
