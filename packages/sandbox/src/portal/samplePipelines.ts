import {
  declaredJobSettings,
  parseJenkinsfile,
  type ParameterDefinitionInput,
  type PipelineDraftInput,
} from '@amamba/backstage-plugin-amamba-common';
import { readFileSync } from 'node:fs';
import { sampleFile } from '../git/samples';

/** The workspace of the sample organisation that owns the sample pipelines. */
export const SAMPLE_WORKSPACE = 'team-a';

/**
 * What a sample's Jenkinsfile declares. Jenkins knows it after the first run only; written into the pipeline, the first
 * run asks for it and gets its defaults too.
 */
function declaredParameters(repository: string): ParameterDefinitionInput[] {
  const text = readFileSync(sampleFile(repository, 'Jenkinsfile'), 'utf8');
  const { parameters } = declaredJobSettings(parseJenkinsfile(text));
  return parameters.map(({ definition }) => definition);
}

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
    settings: { parameters: declaredParameters(name) },
    ...more,
  });
  return [
    repository(
      'shop',
      'shop',
      'Build, test, publish, and deploy after an approval',
      { environment: 'prod' },
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
