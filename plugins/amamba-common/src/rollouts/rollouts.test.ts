import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parse } from 'yaml';
import type { KubeObject, KubePod, KubeReplicaSet } from '../kubernetes';
import { printRollout } from './__testUtils__/printRollout';
import type { AnalysisRun, Experiment, Rollout } from './objects';
import { rolloutTree } from './tree/tree';

const corpus = join(
  process.env.AMAMBA_CORPUS ??
    resolve(__dirname, '../../../../../shared/corpus'),
  'argo-rollouts/info',
);
const present = existsSync(corpus);
if (!present) {
  // eslint-disable-next-line no-console
  console.warn(`Corpus tests of rollouts skipped: ${corpus} is missing`);
}
const withCorpus = present ? describe : describe.skip;

interface Objects {
  rollouts: Rollout[];
  replicaSets: KubeReplicaSet[];
  pods: KubePod[];
  experiments: Experiment[];
  analysisRuns: AnalysisRun[];
}

/** The objects in the files of a folder, all made at the same time: so they were when the expected texts were printed. */
function objectsOf(folder: string): Objects {
  const objects = readdirSync(join(corpus, folder))
    .filter(file => file.endsWith('.yaml'))
    .map(file => {
      const object = parse(readFileSync(join(corpus, folder, file), 'utf8'));
      object.metadata.creationTimestamp = '2026-11-23T00:00:00Z';
      return object;
    });
  const ofKind = <T extends KubeObject>(kind: string): T[] =>
    objects.filter(object => object.kind === kind);
  return {
    rollouts: ofKind('Rollout'),
    replicaSets: ofKind('ReplicaSet'),
    pods: ofKind('Pod'),
    experiments: ofKind('Experiment'),
    analysisRuns: ofKind('AnalysisRun'),
  };
}

function expected(folder: string, test: string): string {
  const file = join(corpus, folder, `expected-${test}.txt`);
  return readFileSync(file, 'utf8')
    .split('\n')
    .map(line => line.trimEnd())
    .join('\n')
    .trimEnd();
}

function printed(
  { rollouts, ...objects }: Objects,
  name: string,
  delay = '',
): string {
  const rollout = rollouts.find(({ metadata }) => metadata.name === name);
  if (!rollout) throw new Error(`There is no rollout ${name}`);
  return printRollout(rollout, rolloutTree(rollout, objects), {
    age: '7d',
    delay: () => delay,
  });
}

withCorpus('the tree of a rollout', () => {
  it.each([
    ['blue-green', 'TestGetBlueGreenRollout', 'bluegreen-demo'],
    ['canary', 'TestGetCanaryRollout', 'canary-demo'],
    ['canary', 'TestGetCanaryPingPongRollout', 'canary-demo-pingpong'],
    ['experiment-step', 'TestGetRolloutWithExperimentJob', 'canary-demo'],
    ['rollout-aborted', 'TestGetAbortedRollout', 'rollout-background-analysis'],
  ])('is that of the controller’s own client: %s, %s', (folder, test, name) => {
    expect(printed(objectsOf(folder), name)).toBe(expected(folder, test));
  });

  it('says when a ReplicaSet is scaled down, and knows no role without a hash', () => {
    const objects = objectsOf('blue-green');
    const replicaSets = objects.replicaSets.map(replicaSet => {
      if (replicaSet.metadata.name !== 'bluegreen-demo-74b948fccb') {
        return replicaSet;
      }
      const { labels, annotations, ...metadata } = replicaSet.metadata;
      return {
        ...replicaSet,
        metadata: {
          ...metadata,
          annotations: {
            ...annotations,
            'scale-down-deadline': '2026-11-30T12:00:00Z',
          },
        },
      };
    });
    expect(
      printed({ ...objects, replicaSets }, 'bluegreen-demo', '3h59m'),
    ).toBe(expected('blue-green', 'TestGetBlueGreenRolloutScaleDownDelay'));
  });

  it('takes the weight from the status, else the one that is set', () => {
    const { rollouts, ...objects } = objectsOf('canary');
    const weights = (name: string) => {
      const rollout = rollouts.find(({ metadata }) => metadata.name === name);
      const { setWeight, actualWeight } = rolloutTree(rollout!, objects);
      return { rollout, setWeight, actualWeight };
    };
    const given = weights('canary-demo-weights');
    expect(given.actualWeight).toBe(
      given.rollout?.status?.canary?.weights?.canary.weight,
    );
    const absent = weights('canary-demo-weights-na');
    expect(absent.actualWeight).toBe(absent.setWeight);
  });
});
