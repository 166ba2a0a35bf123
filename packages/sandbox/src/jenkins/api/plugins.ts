/** A plugin as `pluginManager/api/json` shows it. */
export interface PluginInfo {
  active: boolean;
  bundled: boolean;
  deleted: boolean;
  enabled: boolean;
  hasUpdate: boolean;
  longName: string;
  pinned: boolean;
  shortName: string;
  url: string;
  version: string;
}

function plugin(
  shortName: string,
  version: string,
  longName: string,
): PluginInfo {
  return {
    active: true,
    bundled: false,
    deleted: false,
    enabled: true,
    hasUpdate: false,
    longName,
    pinned: false,
    shortName,
    url: `https://plugins.jenkins.io/${shortName}`,
    version,
  };
}

/**
 * The plugins whose behaviour the stand-in has, in the versions of Amamba's list. Those it has not (Blue Ocean, the
 * model converter, Kubernetes, multibranch) are left out, so that a capability probe finds the truth.
 */
export const PLUGINS: PluginInfo[] = [
  plugin('cloudbees-folder', '6.999.v42253c105443', 'Folders Plugin'),
  plugin('credentials', '1453.v9b_a_29777a_b_fd', 'Credentials Plugin'),
  plugin(
    'credentials-binding',
    '702.vfe613e537e88',
    'Credentials Binding Plugin',
  ),
  plugin('generic-event', '45.v2ae6cdb521eb', 'Generic Event'),
  plugin('generic-webhook-trigger', '2.3.1', 'Generic Webhook Trigger Plugin'),
  plugin('git', '5.7.0', 'Git plugin'),
  plugin('junit', '1319.v000471ca_e5e2', 'JUnit Plugin'),
  plugin('pipeline-input-step', '517.vf8e782ee645c', 'Pipeline: Input Step'),
  plugin(
    'pipeline-model-definition',
    '2.2247.va_423189a_7dff',
    'Pipeline: Declarative',
  ),
  plugin('pipeline-rest-api', '2.37', 'Pipeline: REST API Plugin'),
  plugin('pipeline-graph-view', '0-sandbox', 'Pipeline Graph View Plugin'),
  plugin('plain-credentials', '199.v9f8e1f741799', 'Plain Credentials Plugin'),
  plugin('ssh-credentials', '361.vb_f6760818e8c', 'SSH Credentials Plugin'),
  plugin(
    'workflow-basic-steps',
    '1079.vce64b_a_929c5a_',
    'Pipeline: Basic Steps',
  ),
  plugin('workflow-cps', '4080.va_15b_44a_91525', 'Pipeline: Groovy'),
  plugin(
    'workflow-durable-task-step',
    '1405.v1fcd4a_d00096',
    'Pipeline: Nodes and Processes',
  ),
  plugin('workflow-job', '1508.v9cb_c3a_a_89dfd', 'Pipeline: Job'),
];
