import { readFileSync } from 'fs';
import { join } from 'path';
import { PipelineStage, stageTree } from '../api/stageTree';
import { corpusPath } from './testing/corpus';
import { runPipelineText } from './testing/harness';

interface Case {
  test: string;
  jenkinsfile: string;
  result: string;
  /** how a stage is written: with `name` and perhaps `state` */
  format: string;
  stages: string;
}

const root = corpusPath('jenkins/pipeline-graph-view');

function written(stages: readonly PipelineStage[], format: string): string {
  return stages
    .map(({ name, state, children }) => {
      const own = format.replace('name', name).replace('state', state);
      return children.length > 0 ? `${own}[${written(children, format)}]` : own;
    })
    .join(',');
}

(root ? describe : describe.skip)(
  'the stage graphs of pipeline-graph-view',
  () => {
    const cases: Case[] = root
      ? JSON.parse(readFileSync(join(root, 'graphs.json'), 'utf8')).cases
      : [];

    it('are the same, or their pipelines are refused', async () => {
      const outcomes = {
        same: 0,
        refused: [] as string[],
        different: [] as string[],
      };
      for (const { test, jenkinsfile, result, format, stages } of cases) {
        const script = readFileSync(
          join(root ?? '', 'jenkinsfiles', jenkinsfile),
          'utf8',
        );
        const { outcome, nodes } = await runPipelineText(script);
        const tree = written(stageTree(nodes.values()), format);
        if (outcome.result === result && tree === stages) {
          outcomes.same += 1;
        } else if (outcome.unsupported) {
          outcomes.refused.push(`${test}: ${outcome.unsupported}`);
        } else {
          outcomes.different.push(
            `${test}: ${outcome.result} ${tree} instead of ${result} ${stages}`,
          );
        }
      }
      const { same, refused, different } = outcomes;
      process.stdout.write(
        `pipeline-graph-view: ${same} same, ${refused.length} refused, ${different.length} different of ${cases.length}\n${refused
          .map(line => `  refused ${line}\n`)
          .join('')}`,
      );
      expect(different).toEqual([]);
    }, 120_000);
  },
);
