import type {
  NodeState,
  RunStage,
  RunStep,
} from '@amamba/backstage-plugin-amamba-common';

/** In an address: the whole run, or the whole stage, rather than one of its parts. */
export const WHOLE = '~all';

/** Stages without stages of their own, in the order of the Jenkinsfile; one with only empty parallels counts too. */
function leaves(stages: readonly RunStage[]): RunStage[] {
  return stages.flatMap(stage => {
    const below = leaves(stage.children);
    return below.length > 0 ? below : [stage];
  });
}

const inOrder = <T extends { state: NodeState }>(
  items: readonly T[],
  wanted: readonly (readonly NodeState[])[],
): T | undefined => {
  for (const states of wanted) {
    const found = items.find(({ state }) => states.includes(state));
    if (found) return found;
  }
  return undefined;
};

/** From what needs the reader most; each group in the order of the run. */
const PRIORITY: readonly (readonly NodeState[])[] = [
  ['failed'],
  ['waiting'],
  ['running'],
  ['unstable'],
];

const NOT_RUN: ReadonlySet<NodeState> = new Set([
  'notStarted',
  'queued',
  'skipped',
  'notBuilt',
]);

/** The stage that is shown until the reader chooses: the first that failed, else what runs, else the last that ran. */
export function pickStage(stages: readonly RunStage[]): RunStage | undefined {
  const all = leaves(stages);
  return (
    inOrder(all, PRIORITY) ??
    all.filter(({ state }) => !NOT_RUN.has(state)).at(-1) ??
    all[0]
  );
}

/** The step of a stage that is shown until the reader chooses, by the same rule; steps without output come last. */
export function pickStep(steps: readonly RunStep[]): RunStep | undefined {
  const withLog = steps.filter(({ hasLog }) => hasLog);
  return (
    inOrder(withLog, PRIORITY) ??
    inOrder(steps, [['failed'], ['running', 'waiting']]) ??
    withLog.at(-1)
  );
}

/** Finds a stage at any depth. */
export function findStage(
  stages: readonly RunStage[],
  id: string | undefined,
): RunStage | undefined {
  if (id === undefined) return undefined;
  for (const stage of stages) {
    const found = stage.id === id ? stage : findStage(stage.children, id);
    if (found) return found;
  }
  return undefined;
}

/** The next failed stage after one, around the end; undefined when none failed. */
export function nextFailed(
  stages: readonly RunStage[],
  after: string | undefined,
): RunStage | undefined {
  const all = leaves(stages);
  const from = all.findIndex(({ id }) => id === after) + 1;
  return [...all.slice(from), ...all.slice(0, from)].find(
    ({ state }) => state === 'failed',
  );
}
