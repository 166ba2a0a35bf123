/**
 * What an act on a workload does, what to look out for, and why it is refused. `{{name}}` stands for a parameter, as i18next writes it.
 */
const EN = {
  // what happens
  scaleUp: 'From {{from}} to {{to}} pods: {{count}} start.',
  scaleDown: 'From {{from}} to {{to}} pods: {{count}} stop.',
  restart: 'All {{count}} pods are replaced, one after the other.',
  restartRecreate: 'All {{count}} pods stop, and then new ones start.',
  pause:
    'Changes of the template wait until it is resumed. Pods go on running.',
  resume: 'Changes that have waited roll out now.',
  stop: 'All {{count}} pods stop. The number is remembered.',
  start: '{{count}} pods start.',
  image: '{{container}}: {{from}} becomes {{to}}.',
  rollback: 'The pods of {{name}} become those of revision {{revision}}.',
  replacePods: 'All {{count}} pods are replaced.',
  trigger: 'Job {{name}} starts now, beside the schedule.',
  suspendCronJob: 'No more jobs start by the schedule. Running ones go on.',
  suspendJob: 'Its {{count}} running pods are deleted.',
  unsuspendCronJob: 'Jobs start by the schedule again.',
  unsuspendJob: 'Its pods start.',
  deleteObjects: 'Deleted are {{count}} objects: {{names}}.',
  deletePods: '{{count}} pods stop.',
  deleteGroup:
    'Only the application {{name}} is deleted. Everything in it goes on running.',
  keepObjects: 'These stay: {{names}}.',
  orphanPods:
    'The {{count}} pods of {{name}} go on running, and nothing looks after them.',
  // what to look out for
  loseVolumes: 'The data of {{count}} volumes is lost: {{names}}.',
  loseHosts: 'These addresses lead nowhere then: {{hosts}}.',
  usedElsewhere: '{{object}} is used by {{name}} too.',
  autoscaler:
    'Autoscaler {{name}} sets the number of pods from {{min}} to {{max}}; it will change it again.',
  autoscalerOff: 'Autoscaler {{name}} does nothing while there are no pods.',
  autoscalerOn: 'Autoscaler {{name}} takes over the number of pods again.',
  outage: 'There is an outage until the new pods are ready.',
  onDelete: 'Pods are replaced only when somebody deletes them (OnDelete).',
  argoReverts: 'Argo CD manages this and may revert it.',
  helmReverts:
    'Helm manages this; the next upgrade sets it back or stops with a conflict.',
  replicasForgotten: 'How many pods there were is not known; one starts.',
  concurrent: 'A job of this CronJob is still running.',
  pausedImage: 'It is paused: the change rolls out once it is resumed.',
  // refusals
  notForKind: '{{kind}} can’t do this.',
  beingDeleted: '{{name}} is being deleted.',
  pausedRestart:
    '{{name}} is paused, so nothing would be replaced. Resume it first.',
  pausedRollback: 'A paused Deployment can’t be rolled back. Resume it first.',
  alreadyPaused: '{{name}} is paused already.',
  notPaused: '{{name}} is not paused.',
  alreadyStopped: '{{name}} has no pods already.',
  notStopped: '{{name}} is not stopped.',
  sameReplicas: '{{name}} has {{replicas}} pods already.',
  noContainer: '{{name}} has no container {{container}}.',
  sameImages: '{{name}} has these images already.',
  foreignRevision: 'This revision does not belong to {{name}}.',
  currentRevision: 'This revision is the current one.',
  emptyRevision: 'This revision has no template of pods.',
  alreadySuspended: '{{name}} is suspended already.',
  notSuspended: '{{name}} is not suspended.',
  finished: '{{name}} has finished.',
} as const;

/** Key of a sentence about an act. */
export type ActCode = keyof typeof EN;

const ZH: Readonly<Record<ActCode, string>> = {
  scaleUp: '由 {{from}} 个 Pod 变为 {{to}} 个：启动 {{count}} 个。',
  scaleDown: '由 {{from}} 个 Pod 变为 {{to}} 个：停止 {{count}} 个。',
  restart: '全部 {{count}} 个 Pod 将被逐个替换。',
  restartRecreate: '全部 {{count}} 个 Pod 先停止，再启动新的。',
  pause: '模板的更改会等到恢复后再发布，Pod 继续运行。',
  resume: '等待中的更改现在开始发布。',
  stop: '全部 {{count}} 个 Pod 将停止，数量会被记住。',
  start: '将启动 {{count}} 个 Pod。',
  image: '{{container}}：{{from}} 变为 {{to}}。',
  rollback: '{{name}} 的 Pod 将回到版本 {{revision}}。',
  replacePods: '全部 {{count}} 个 Pod 将被替换。',
  trigger: '任务 {{name}} 现在启动，不影响定时计划。',
  suspendCronJob: '不再按计划启动任务，运行中的任务继续。',
  suspendJob: '将删除运行中的 {{count}} 个 Pod。',
  unsuspendCronJob: '重新按计划启动任务。',
  unsuspendJob: '将启动它的 Pod。',
  deleteObjects: '将删除 {{count}} 个对象：{{names}}。',
  deletePods: '将停止 {{count}} 个 Pod。',
  deleteGroup: '只删除应用 {{name}}，其中的一切继续运行。',
  keepObjects: '以下对象保留：{{names}}。',
  orphanPods: '{{name}} 的 {{count}} 个 Pod 继续运行，但无人管理。',
  loseVolumes: '{{count}} 个卷的数据将丢失：{{names}}。',
  loseHosts: '以下地址将不再可用：{{hosts}}。',
  usedElsewhere: '{{name}} 也在使用 {{object}}。',
  autoscaler:
    '自动伸缩 {{name}} 将 Pod 数控制在 {{min}} 到 {{max}} 之间，之后会再次更改。',
  autoscalerOff: '没有 Pod 时自动伸缩 {{name}} 不起作用。',
  autoscalerOn: '自动伸缩 {{name}} 将重新控制 Pod 数。',
  outage: '在新的 Pod 就绪之前服务会中断。',
  onDelete: '只有手动删除后 Pod 才会更新（OnDelete）。',
  argoReverts: '由 Argo CD 管理，更改可能被还原。',
  helmReverts: '由 Helm 管理，下次升级会改回，或因冲突而停止。',
  replicasForgotten: '不知道原来的 Pod 数，将启动一个。',
  concurrent: '该 CronJob 还有任务在运行。',
  pausedImage: '目前已暂停，恢复后更改才会发布。',
  notForKind: '{{kind}} 不支持此操作。',
  beingDeleted: '{{name}} 正在删除。',
  pausedRestart: '{{name}} 已暂停，不会替换任何 Pod，请先恢复。',
  pausedRollback: '已暂停的 Deployment 不能回滚，请先恢复。',
  alreadyPaused: '{{name}} 已经暂停。',
  notPaused: '{{name}} 没有暂停。',
  alreadyStopped: '{{name}} 已经没有 Pod。',
  notStopped: '{{name}} 没有停止。',
  sameReplicas: '{{name}} 已经有 {{replicas}} 个 Pod。',
  noContainer: '{{name}} 中没有容器 {{container}}。',
  sameImages: '{{name}} 已在使用这些镜像。',
  foreignRevision: '该版本不属于 {{name}}。',
  currentRevision: '该版本就是当前版本。',
  emptyRevision: '该版本没有 Pod 模板。',
  alreadySuspended: '{{name}} 已经挂起。',
  notSuspended: '{{name}} 没有挂起。',
  finished: '{{name}} 已经结束。',
};

/** Sentences about acts by language and code. */
export const actMessages: Readonly<
  Record<'en' | 'zh', Readonly<Record<ActCode, string>>>
> = { en: EN, zh: ZH };
