import { PARAMETER, WORKFLOW_JOB } from '../config/classNames';
import type { AgentTask } from '../engine/Agents';
import type { QueueItem } from '../engine/Queue';
import { constants } from './common';
import { ALWAYS, Bean, Property } from './export';
import { BeanContext, colorOf } from './jobBeans';
import { causeAction, parametersAction, runBean } from './runBeans';

const CLASSES = {
  waiting: 'hudson.model.Queue$WaitingItem',
  blocked: 'hudson.model.Queue$BlockedItem',
  buildable: 'hudson.model.Queue$BuildableItem',
  left: 'hudson.model.Queue$LeftItem',
};

/** `why` of an item, which counts down during the quiet period. */
export function whyOf(item: QueueItem): string | null {
  if (item.state !== 'waiting') return item.why;
  const left = Math.max(0, item.dueAt - Date.now());
  return left < 1000
    ? `In the quiet period. Expires in ${left} ms`
    : `In the quiet period. Expires in ${(left / 1000).toFixed(1)} sec`;
}

const shown = (value: unknown): Property => [ALWAYS, () => value];

/** `params` of an item: a line for each parameter, passwords masked. */
function paramsOf(item: QueueItem): string {
  return item.parameters
    .map(({ name, type, value }) =>
      type === PARAMETER.password ? `\n${name}=******` : `\n${name}=${value}`,
    )
    .join('');
}

/** An item of the queue; every depth shows all of it. */
export function queueItemBean(item: QueueItem, context: BeanContext): Bean {
  const { toUrl } = context;
  const properties: Record<string, Property> = {
    actions: [
      ALWAYS,
      () => [
        ...(item.parameters.length ? [parametersAction(item.parameters)] : []),
        causeAction(item.causes),
      ],
    ],
    blocked: shown(item.state === 'blocked'),
    buildable: shown(item.state === 'buildable'),
    id: shown(item.id),
    inQueueSince: shown(item.inQueueSince),
    params: shown(paramsOf(item)),
    stuck: shown(false),
    task: [
      ALWAYS,
      () =>
        constants(WORKFLOW_JOB, ALWAYS, {
          name: item.job.name,
          url: toUrl(item.job.url),
          color: colorOf(item.job),
        }),
    ],
    url: shown(`queue/item/${item.id}/`),
    why: shown(whyOf(item)),
  };
  if (item.state === 'waiting') properties.timestamp = shown(item.dueAt);
  if (item.state === 'blocked' || item.state === 'buildable') {
    properties.buildableStartMilliseconds = shown(
      item.buildableSince ?? item.dueAt,
    );
  }
  if (item.state === 'buildable') properties.pending = shown(false);
  if (item.state === 'left') {
    properties.cancelled = shown(item.cancelled);
    properties.executable = [
      ALWAYS,
      () => (item.build ? runBean(item.build, toUrl) : null),
    ];
  }
  return new Bean(CLASSES[item.state], properties);
}

/** A `node` step that waits for an executor: Jenkins shows it as an item of its own. */
export function agentTaskBean(task: AgentTask, context: BeanContext): Bean {
  const { build } = task;
  return new Bean(CLASSES.buildable, {
    actions: shown([]),
    blocked: shown(false),
    buildable: shown(true),
    id: shown(task.queueId),
    inQueueSince: shown(task.since),
    params: shown(''),
    stuck: shown(false),
    task: [
      ALWAYS,
      () =>
        constants(
          'org.jenkinsci.plugins.workflow.support.steps.ExecutorStepExecution$PlaceholderTask',
          ALWAYS,
          {
            name: `part of ${build.fullDisplayName}`,
            url: context.toUrl(build.url),
          },
        ),
    ],
    url: shown(`queue/item/${task.queueId}/`),
    why: shown(task.why),
    buildableStartMilliseconds: shown(task.since),
    pending: shown(false),
  });
}
