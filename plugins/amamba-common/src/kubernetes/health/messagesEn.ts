/**
 * Reasons of a health in English. `{{name}}` stands for a parameter, as i18next writes it. A reason that ends in a colon is followed by its
 * cause.
 */
export const HEALTH_MESSAGES_EN = {
  // images
  imagePull: 'The registry refused the pull of {{image}}: {{cause}}.',
  imagePullUnreachable:
    'The registry of {{image}} can’t be reached from the node: {{cause}}.',
  imagePullRetry: 'The pull of {{image}} failed; the node tries it again.',
  invalidImageName: '{{image}} is not a valid image name.',
  imageNeverPull: 'Pull policy Never, and {{image}} is not on node {{node}}.',
  imageInspect: 'The node can’t read the pulled image {{image}}.',
  // how a container ended
  crashLoop:
    '{{container}} ended with code {{exitCode}} and was restarted {{restarts}}×; the next try comes within 5 min.',
  crashLoopUnknown:
    '{{container}} ends again and again; the next try comes within 5 min.',
  outOfMemory: '{{container}} used more than its memory limit {{limit}}.',
  outOfMemoryNoLimit: '{{container}} was killed because memory ran out.',
  killed:
    '{{container}} was killed: a probe failed, or it did not stop in time.',
  notExecutable: 'The command of {{container}} is not executable.',
  commandNotFound: 'The command of {{container}} was not found.',
  segmentationFault: '{{container}} crashed with a segmentation fault.',
  askedToStop: '{{container}} was asked to stop.',
  cannotStart: 'The command of {{container}} does not start: {{message}}.',
  exited: '{{container}} ended with code {{exitCode}}.',
  lastWords: 'Its last words: {{message}}',
  // configuration of a container
  referenceMissing: '{{kind}} {{name}} does not exist.',
  referenceKeyMissing: '{{kind}} {{name}} has no key {{key}}.',
  runsAsRoot:
    'The image of {{container}} runs as root, and runAsNonRoot forbids it.',
  configuration: '{{container}} can’t be configured: {{message}}.',
  createContainer: '{{container}} can’t be created: {{message}}.',
  hookFailed: 'The {{hook}} hook of {{container}} failed: {{message}}.',
  volumeMount: 'Volume {{volume}} can’t be mounted: {{message}}.',
  volumeAttached: 'Volume {{volume}} is still attached to another node.',
  noPodNetwork: 'Node {{node}} has no network for the pod: {{message}}.',
  creatingLong: 'Its containers have been in creation for {{minutes}} min.',
  // probes and start
  livenessProbe:
    '{{container}} is restarted because its liveness probe fails: {{detail}}.',
  readinessProbe:
    '{{container}} runs but gets no traffic, because its readiness probe fails: {{detail}}.',
  startupProbe: '{{container}} did not start within {{seconds}} s: {{detail}}.',
  notReady: '{{container}} runs, but is not ready.',
  starting: 'Its containers are starting.',
  initContainer: 'Init container {{index}} of {{total}}, {{name}}:',
  initRunning: 'Init container {{index}} of {{total}}, {{name}}, is running.',
  // a place to run
  insufficient: 'No node has {{request}} of {{resource}} free.',
  insufficientAny: 'No node has enough {{resource}} free.',
  nodeSelector: 'No node carries {{selector}}.',
  nodeAffinity: 'No node fits the node affinity.',
  taint: 'The nodes are reserved by a taint.',
  podAffinity: 'No node is left that the pod (anti-)affinity allows.',
  topologyLabel: 'The nodes lack the label that the topology spread goes by.',
  topologySpread: 'The topology spread leaves no node.',
  claimMissing: 'Volume claim {{claim}} does not exist.',
  claimUnbound: 'A volume claim of the pod has no volume yet.',
  volumeZone: 'The volume lives in another zone.',
  volumeNode: 'The volume lives on another node.',
  volumeLimit: 'No node can take another volume.',
  volumeInUse: 'The volume is in use by another pod.',
  hostPort: 'The host port is taken on every node.',
  cordoned: 'The nodes are cordoned.',
  nodesFull: 'The nodes have as many pods as they take.',
  unschedulable: 'No node takes the pod: {{message}}',
  schedulingGated: 'Held back by scheduling gate {{gate}}.',
  noScheduler: 'Scheduler {{scheduler}} does not answer.',
  scheduling: 'Waits for a node.',
  // pods that the API server refused
  quotaExceeded:
    'Over quota {{quota}}: needs {{requested}}, used {{used}} of {{limited}}.',
  quotaNeedsRequests:
    'Quota {{quota}} asks for {{resources}} on container {{container}}.',
  limitRange: 'Outside the limit range of the namespace: {{message}}.',
  podSecurity:
    'The namespace’s pod security ({{level}}) forbids: {{violations}}.',
  serviceAccountMissing: 'Service account {{name}} does not exist.',
  priorityClassMissing: 'Priority class {{name}} does not exist.',
  webhookRefused: 'Webhook {{webhook}} refused the pods: {{message}}',
  podsRefused: 'The pods were refused: {{message}}',
  // workloads
  progressDeadline:
    'Not finished within {{seconds}} s; the old pods still serve.',
  progressDeadlineDown: 'Not finished within {{seconds}} s; no pod serves.',
  unavailable: '{{unavailable}} of {{total}} pods are not available.',
  rollingOut: '{{updated}} of {{total}} pods are new.',
  scaling: '{{ready}} of {{total}} pods are ready.',
  oldPods: '{{count}} old pods are still there.',
  notObserved: 'The controller has not seen the last change yet.',
  stopped: 'Stopped: no pods are wanted.',
  rolloutPaused: 'The rollout of changes is paused.',
  statefulSetBlocked: 'Pod {{pod}} must get ready first.',
  noNodes: 'No node fits, so there are no pods.',
  onDelete: '{{count}} pods are old; they are replaced when they are deleted.',
  // jobs
  jobDeadline: 'Ran longer than {{seconds}} s.',
  jobBackoffLimit: 'Failed {{failed}}×, and more tries are not allowed.',
  jobPodFailurePolicy: 'A pod failed in a way that ends the job: {{message}}',
  jobFailedIndexes: 'Too many of its indexes failed.',
  jobFailed: 'The job failed: {{message}}',
  jobRunning: '{{succeeded}} of {{total}} are done, {{active}} pods run.',
  suspended: 'Suspended.',
  // pods that ended
  evicted: 'Evicted: node {{node}} ran short of {{resource}}.',
  evictedMessage: 'Evicted from node {{node}}: {{message}}',
  nodeShutdown: 'Node {{node}} was shut down.',
  preempted: 'Made room for a pod of higher priority.',
  taintEviction: 'Evicted by a taint of node {{node}}.',
  apiEviction: 'Evicted on request, for instance to drain a node.',
  kubeletTermination: 'Ended by node {{node}}.',
  nodeRefused: 'Node {{node}} refused the pod: {{message}}',
  podFailed: 'The pod failed: {{message}}',
  nodeLost: 'Node {{node}} does not report any more.',
  terminating: 'Is being deleted.',
  finalizers:
    'Has been in deletion for {{minutes}} min; it waits for finalizer {{finalizers}}.',
  terminatingLong:
    'Has been in deletion for {{minutes}} min; node {{node}} has not confirmed it.',
  // volume claims
  claimNoClass: 'No storage class is set, and no volume fits.',
  claimClassMissing: 'Storage class {{name}} does not exist.',
  claimWaitsForPod: 'Waits for its first pod.',
  claimLost: 'Its volume is gone.',
  claimResize: 'Restart the pod to let the volume grow.',
  claimPending: 'No volume yet.',
  claimProblem: 'No volume yet: {{message}}',
  // around a workload
  disruptionBudget:
    'Disruption budget {{name}} needs {{needed}} healthy pods and has {{healthy}}: no pod can be evicted.',
  noMetrics: 'There are no metrics: {{message}}',
  atMaximum: 'At its maximum of {{max}} pods.',
  scaleTargetMissing: '{{kind}} {{name}} does not exist or can’t be scaled.',
  autoscalerProblem: 'Can’t scale: {{message}}',
  noEndpoints: 'Selector {{selector}} matches no ready pod.',
  serviceMissing: 'Service {{name}} does not exist.',
  noAddress: 'Has no address yet.',
  ingressClassMissing: 'Ingress class {{name}} does not exist.',
  noLoadBalancer: 'No address from the cloud yet.',
  // applications
  assembling: 'Is being put together.',
  assemblyFailed: 'Could not be put together.',
  nothingFound: 'None of its parts is there.',
  partsNotReady: '{{count}} of {{total}} parts are not ready.',
  part: '{{kind}} {{name}}:',
  condition: '{{message}}',
  clusterAway: 'Cluster {{cluster}} does not answer.',
  releaseFailed: 'The last change of the release failed.',
  releaseBusy: 'Helm is changing the release.',
  releaseGone: 'The release was uninstalled; its history is kept.',
} as const;
