/** Words of the pipeline list, the pipeline page and its forms, English. */
export const pipelines = {
  cause: {
    manual: 'by hand',
    schedule: 'schedule',
    push: 'push',
    webhook: 'webhook',
    upstream: 'after',
    rerun: 'rerun',
    restart: 'restart',
    api: 'API',
    other: 'other',
    engineUser: '{{user}} ({{engine}})',
  },
  weather_one: 'Last run: {{states}}',
  weather_other: 'Last {{count}} runs: {{states}}',
  parameters: {
    unsupported: 'Not asked for here, the engine uses its defaults: {{names}}.',
    notAChoice: 'This is none of the choices.',
    tooLong: 'At most 100,000 characters.',
    passwordStored: 'Empty keeps the stored value.',
  },
} as const;
