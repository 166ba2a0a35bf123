/** Words of the audit page, English. */
export const audit = {
  title: 'Audit',
  failed: 'The audit could not be loaded.',
  none: 'Nothing was changed here yet.',
  noneMatch: 'No entry matches the filters.',
  search: 'Search objects',
  since: 'From',
  until: 'To',
  portal: 'The portal',
  columns: {
    at: 'Time',
    who: 'Who',
    what: 'What',
    object: 'Object',
    result: 'Result',
    details: 'Details',
  },
  results: { done: 'done', failed: 'failed', refused: 'refused' },
  actions: {
    pipeline: {
      create: 'create pipeline',
      update: 'change pipeline',
      delete: 'delete pipeline',
      sync: 'write pipeline to the engine',
    },
    run: {
      start: 'start run',
      rerun: 'run again',
      cancel: 'cancel run',
      approve: 'approve',
      reject: 'reject',
      recover: 'find lost run',
    },
    cluster: {
      bind: 'bind cluster',
      unbind: 'unbind cluster',
    },
    terminal: {
      open: 'open terminal',
      close: 'close terminal',
    },
    namespace: {
      create: 'create namespace',
      update: 'change namespace',
      mend: 'mend namespace',
      delete: 'delete namespace',
      adopt: 'adopt namespace',
      release: 'release namespace',
    },
  },
} as const;
