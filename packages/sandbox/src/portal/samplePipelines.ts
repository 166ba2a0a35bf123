import type {
  ParameterDefinitionInput,
  PipelineDraftInput,
} from '@amamba/backstage-plugin-amamba-common';

/** The workspace of the sample organisation that owns the sample pipelines. */
export const SAMPLE_WORKSPACE = 'team-a';

/**
 * What the shop's Jenkinsfile declares. Jenkins knows it after the first run only; written here, the first run asks for it
 * too.
 */
const SHOP_PARAMETERS: ParameterDefinitionInput[] = [
  {
    type: 'string',
    name: 'VERSION',
    defaultValue: '1.4.2',
    description: 'Version to build, e.g. 1.4.2',
    trim: true,
  },
  {
    type: 'choice',
    name: 'ENVIRONMENT',
    choices: ['dev', 'staging', 'prod'],
    description: 'Where to deploy',
  },
  {
    type: 'boolean',
    name: 'SKIP_MATRIX',
    description: 'Leave the platform checks out',
  },
  {
    type: 'text',
    name: 'NOTES',
    description: 'Release notes, kept with the build',
  },
  {
    type: 'password',
    name: 'TOKEN',
    description: 'Token of the deployment target, if it asks for one',
  },
];

const SCRIPT = `pipeline {
    agent any
    stages {
        stage('Greet') {
            steps {
                echo 'Written in the portal, without a repository'
            }
        }
    }
}
`;

/** Pipelines that a fresh portal shows, one a sample repository and one with a script of its own. */
export function samplePipelines(gitUrl: string): PipelineDraftInput[] {
  const repository = (
    name: string,
    entity: string,
    description: string,
    more: Partial<PipelineDraftInput> = {},
  ): PipelineDraftInput => ({
    name,
    description,
    entityRef: `component:default/${entity}`,
    source: {
      type: 'repository',
      url: `${gitUrl}/${name}.git`,
      branch: 'main',
    },
    ...more,
  });
  return [
    repository(
      'shop',
      'shop',
      'Build, test, publish, and deploy after an approval',
      { environment: 'prod', settings: { parameters: SHOP_PARAMETERS } },
    ),
    repository('pay', 'pay', 'Fails: a test is wrong', { environment: 'dev' }),
    repository('cart', 'cart', 'Unstable: tests fail, the build goes on'),
    repository('flaky', 'cart', 'Retries and time-outs'),
    repository('slow', 'shop', 'Takes its time, to watch it live'),
    repository('docs', 'shop', 'Runs when something is pushed'),
    {
      name: 'hello',
      description: 'A script kept in the portal',
      source: { type: 'script', script: SCRIPT },
    },
  ];
}
