import type {
  NodeState,
  RunStage,
  RunStep,
} from '@amamba/backstage-plugin-amamba-common';
import { findStage, nextFailed, pickStage, pickStep } from './selection';

const stage = (
  id: string,
  state: NodeState,
  children: RunStage[] = [],
): RunStage => ({ id, name: id, kind: 'stage', state, children });
const step = (id: string, state: NodeState, hasLog = true): RunStep => ({
  id,
  stageId: 's',
  name: id,
  state,
  hasLog,
});

const FAILED = [
  stage('build', 'succeeded'),
  stage('test', 'failed', [
    stage('unit', 'succeeded'),
    stage('lint', 'failed'),
    stage('e2e', 'failed'),
  ]),
  stage('deploy', 'skipped'),
];

describe('pickStage', () => {
  it.each<[string, RunStage[]]>([
    ['lint', FAILED],
    [
      'b',
      [
        stage('a', 'succeeded'),
        stage('b', 'running'),
        stage('c', 'notStarted'),
      ],
    ],
    ['b', [stage('a', 'running'), stage('b', 'waiting')]],
    ['b', [stage('a', 'running'), stage('b', 'failed')]],
    ['a', [stage('a', 'unstable'), stage('b', 'succeeded')]],
    [
      'b',
      [stage('a', 'succeeded'), stage('b', 'succeeded'), stage('c', 'skipped')],
    ],
    ['a', [stage('a', 'notStarted'), stage('b', 'notStarted')]],
  ])('picks %s', (id, stages) => {
    expect(pickStage(stages)?.id).toBe(id);
  });

  it('picks nothing of nothing', () => {
    expect(pickStage([])).toBeUndefined();
  });
});

describe('pickStep', () => {
  it.each<[string | undefined, RunStep[]]>([
    ['b', [step('a', 'succeeded'), step('b', 'failed'), step('c', 'failed')]],
    ['b', [step('a', 'failed', false), step('b', 'failed')]],
    ['a', [step('a', 'failed', false), step('b', 'succeeded')]],
    ['b', [step('a', 'succeeded'), step('b', 'running')]],
    [
      'b',
      [
        step('a', 'succeeded'),
        step('b', 'succeeded'),
        step('c', 'succeeded', false),
      ],
    ],
    [undefined, [step('a', 'succeeded', false)]],
    [undefined, []],
  ])('picks %s', (id, steps) => {
    expect(pickStep(steps)?.id).toBe(id);
  });
});

describe('findStage and nextFailed', () => {
  it('finds at any depth', () => {
    expect(findStage(FAILED, 'e2e')?.id).toBe('e2e');
    expect(findStage(FAILED, 'gone')).toBeUndefined();
    expect(findStage(FAILED, undefined)).toBeUndefined();
  });

  it('goes around', () => {
    expect(nextFailed(FAILED, undefined)?.id).toBe('lint');
    expect(nextFailed(FAILED, 'lint')?.id).toBe('e2e');
    expect(nextFailed(FAILED, 'e2e')?.id).toBe('lint');
    expect(nextFailed([stage('a', 'succeeded')], 'a')).toBeUndefined();
  });
});
