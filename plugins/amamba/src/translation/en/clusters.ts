/** Words of clusters that come up or are not there, English. */
export const clusters = {
  setup: {
    building: 'The local Kubernetes is being built',
    starting: 'The local Kubernetes is starting',
    step: 'step {{index}} of {{of}}',
    remaining: 'about {{time}} left',
    comma: ', ',
    stop: '. ',
    byItself: 'This page comes alive by itself.',
    progress: 'Progress of the local Kubernetes',
    failed: 'The local Kubernetes did not come up.',
  },
  none: 'No Kubernetes cluster is connected to this portal.',
  noneHelp:
    'With one, workspaces own namespaces and see what runs there. Add it to the configuration that Backstage’s kubernetes plugin reads; docs/kubernetes.md says which account it needs.',
} as const;
