/** Words of the clusters that a workspace may use, English. */
export const clusterBindings = {
  title: 'Clusters',
  failed: 'The clusters of the workspace could not be loaded.',
  none: 'No cluster is bound to {{workspace}}.',
  noneHint: 'A platform engineer binds clusters to workspaces.',
  who: 'Who can bind clusters',
  manageOnly: 'You need "amamba.platform.manage". Ask a platform engineer.',
  available: 'Clusters of the portal that are not bound here',
  availableHelp:
    'The portal’s kubernetes configuration holds them. A bound cluster is one that the workspace may create namespaces on.',
  bind: 'Bind cluster',
  bindOf: 'Bind cluster {{cluster}}',
  change: 'Change',
  changeOf: 'Change how {{cluster}} is bound',
  boundBy: 'Bound by',
  formTitle: 'Bind {{cluster}} to {{workspace}}',
  namespaces_one: '{{count}} namespace',
  namespaces_other: '{{count}} namespaces',
  mode: 'Sharing',
  modes: { exclusive: 'Exclusive', shared: 'Shared' },
  modesHelp: {
    exclusive: 'No other workspace can be bound to the cluster.',
    shared: 'Other workspaces may use the cluster too.',
  },
  quota: 'Quota of the workspace',
  quotaHelp:
    'Most that the quotas of the workspace’s namespaces on the cluster may add up to. Each namespace has to limit what is limited here.',
  noQuota: 'No quota: the workspace may give its namespaces any.',
  save: 'Save',
  bindDone: '{{cluster}} is bound to {{workspace}}.',
  bindFailed: '{{cluster}} was not bound.',
  unbind: 'Unbind',
  unbindOf: 'Unbind {{cluster}}',
  unbindTitle: 'Unbind {{cluster}} from {{workspace}}?',
  unbindWill: '{{workspace}} can create no namespace on {{cluster}} any more.',
  unbindWillNot:
    'What is on {{cluster}}: {{workspace}} has no namespace there.',
  unbindDone: '{{cluster}} is unbound.',
  unbindFailed: '{{cluster}} was not unbound.',
  inUse_one:
    'The workspace has {{count}} namespace there. Delete or release it first.',
  inUse_other:
    'The workspace has {{count}} namespaces there. Delete or release them first.',
} as const;
