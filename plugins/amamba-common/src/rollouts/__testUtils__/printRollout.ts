import type { Rollout } from '../objects';
import { rolloutImages } from '../tree/images';
import type { AnalysisNode } from '../tree/analysis';
import type { ReplicaSetNode } from '../tree/replicaSets';
import type { RevisionNode, RolloutTree } from '../tree/tree';

/** Icons by status word; a blank for those that have none. */
const ICONS: Readonly<Record<string, string>> = {
  Progressing: '◌',
  Paused: '॥',
  Healthy: '✔',
  Degraded: '✖',
  ReplicaFailure: '✖',
  ScaledDown: '•',
  Running: '✔',
  Completed: '✔',
  Pending: '◌',
  Terminating: '◌',
  ContainerCreating: '◌',
  Failed: '✖',
  InvalidImageName: '✖',
  CrashLoopBackOff: '✖',
  ImagePullBackOff: '⚠',
  RegistryUnavailable: '⚠',
  Unknown: '?',
};
const ANALYSIS_ICONS: Readonly<Record<string, string>> = {
  Successful: '✔',
  Inconclusive: '?',
  Failed: '✖',
  Error: '⚠',
  Running: '◌',
  Pending: '◷',
};

function podIcon(reason: string): string {
  if (reason.startsWith('Init:')) return '◌';
  if (/^(?:Signal|ExitCode):/.test(reason)) return '✖';
  if (reason.endsWith('Error') || reason.startsWith('Err')) return '⚠';
  return ICONS[reason] ?? ' ';
}

type Row = [name: string, kind: string, status: string, info: string];

/** What `kubectl argo rollouts get rollout --no-color` prints, with the ages that are given. */
export function printRollout(
  rollout: Rollout,
  tree: RolloutTree,
  { age, delay }: { age: string; delay: (deadline: string) => string },
): string {
  const fact = (name: string, value: string | number) =>
    `${name.padEnd(17)}${value}`;
  const images = rolloutImages(tree).map(({ image, tags }) =>
    tags.length > 0 ? `${image} (${tags.join(', ')})` : image,
  );
  const { replicas } = tree;
  const head = [
    fact('Name:', rollout.metadata.name),
    fact('Namespace:', rollout.metadata.namespace ?? ''),
    fact('Status:', `${ICONS[tree.phase]} ${tree.phase}`),
    ...(tree.message ? [fact('Message:', tree.message)] : []),
    fact(
      'Strategy:',
      { canary: 'Canary', blueGreen: 'BlueGreen', none: '' }[tree.strategy],
    ),
    ...(tree.strategy === 'canary'
      ? [
          fact('  Step:', tree.step),
          fact('  SetWeight:', tree.setWeight ?? ''),
          fact('  ActualWeight:', tree.actualWeight ?? ''),
        ]
      : []),
    ...images.map((image, index) => fact(index === 0 ? 'Images:' : '', image)),
    'Replicas:',
    fact('  Desired:', replicas.desired),
    fact('  Current:', replicas.current),
    fact('  Updated:', replicas.updated),
    fact('  Ready:', replicas.ready),
    fact('  Available:', replicas.available),
    '',
  ];
  const rows: Row[] = [
    ['NAME', 'KIND', 'STATUS', 'INFO'],
    [
      `⟳ ${rollout.metadata.name}`,
      'Rollout',
      `${ICONS[tree.phase]} ${tree.phase}`,
      '',
    ],
    ...children(tree.revisions, '', (node, next, deeper) =>
      revision(node, next, deeper, delay),
    ),
  ];
  const widths = [0, 1, 2].map(
    column => Math.max(...rows.map(row => [...row[column]].length)) + 2,
  );
  const pad = (text: string, width: number) =>
    text + ' '.repeat(Math.max(0, width - [...text].length));
  return [
    ...head,
    ...rows.map(([name, kind, status, info], index) => {
      const isRevision = kind === '';
      const shownAge = index === 0 ? 'AGE' : age;
      return (
        pad(name, widths[0]) +
        pad(kind, widths[1]) +
        pad(status, widths[2]) +
        pad(isRevision ? '' : shownAge, Math.max(3, age.length) + 2) +
        info
      ).trimEnd();
    }),
  ].join('\n');
}

type Line = (mark: string, row: Row, below: Row[]) => Row[];

function children<T>(
  nodes: readonly T[],
  prefix: string,
  print: (node: T, line: Line, below: string) => Row[],
): Row[] {
  return nodes.flatMap((node, index) => {
    const isLast = index === nodes.length - 1;
    const below = prefix + (isLast ? '   ' : '│  ');
    return print(
      node,
      (mark, [name, ...rest], rows) => [
        [`${prefix}${isLast ? '└──' : '├──'}${mark} ${name}`, ...rest],
        ...rows,
      ],
      below,
    );
  });
}

type Child =
  | { type: 'replicaSet'; node: ReplicaSetNode }
  | { type: 'experiment'; node: RevisionNode['experiments'][number] }
  | { type: 'analysis'; node: AnalysisNode };

function revision(
  node: RevisionNode,
  line: Line,
  below: string,
  delay: (deadline: string) => string,
): Row[] {
  return line(
    '#',
    [`revision:${node.revision}`, '', '', ''],
    children(childrenOf(node), below, (child, next, deeper) =>
      childRows(child, next, deeper, delay),
    ),
  );
}

function childrenOf(node: {
  replicaSets: readonly ReplicaSetNode[];
  experiments?: RevisionNode['experiments'];
  analysisRuns: readonly AnalysisNode[];
}): Child[] {
  return [
    ...node.replicaSets.map((replicaSet): Child => ({
      type: 'replicaSet',
      node: replicaSet,
    })),
    ...(node.experiments ?? []).map((experiment): Child => ({
      type: 'experiment',
      node: experiment,
    })),
    ...node.analysisRuns.map((run): Child => ({ type: 'analysis', node: run })),
  ];
}

function childRows(
  child: Child,
  line: Line,
  below: string,
  delay: (deadline: string) => string,
): Row[] {
  if (child.type === 'replicaSet') {
    const { name, state, scaleDownAt, pods, roles } = child.node;
    const info = [
      ...roles,
      ...(scaleDownAt ? [`delay:${delay(scaleDownAt)}`] : []),
    ];
    return line(
      '⧉',
      [name, 'ReplicaSet', `${ICONS[state]} ${state}`, info.join(',')],
      children(pods, below, (pod, next) =>
        next(
          '□',
          [
            pod.name,
            'Pod',
            `${podIcon(pod.reason)} ${pod.reason}`,
            [
              `ready:${pod.ready}/${pod.containers}`,
              ...(pod.restarts > 0 ? [`restarts:${pod.restarts}`] : []),
            ].join(','),
          ],
          [],
        ),
      ),
    );
  }
  if (child.type === 'experiment') {
    const { name, phase = '' } = child.node;
    return line(
      'Σ',
      [name, 'Experiment', `${ANALYSIS_ICONS[phase] ?? ' '} ${phase}`, ''],
      children(
        childrenOf({ ...child.node, experiments: [] }),
        below,
        (next, at, deeper) => childRows(next, at, deeper, delay),
      ),
    );
  }
  const {
    name,
    phase = '',
    jobs,
    successful,
    failed,
    inconclusive,
    error,
  } = child.node;
  const counts = [
    ['✔', successful],
    ['✖', failed],
    ['?', inconclusive],
    ['⚠', error],
  ] as const;
  return line(
    'α',
    [
      name,
      'AnalysisRun',
      `${ANALYSIS_ICONS[phase] ?? ' '} ${phase}`,
      counts
        .filter(([, count]) => count > 0)
        .map(([icon, count]) => `${icon} ${count}`)
        .join(','),
    ],
    children(jobs, below, (job, next) =>
      next(
        '⊞',
        [job.name, 'Job', `${ANALYSIS_ICONS[job.phase]} ${job.phase}`, ''],
        [],
      ),
    ),
  );
}
