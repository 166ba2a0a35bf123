/** Words of the pipeline list, the pipeline page and its forms, Chinese. */
export const pipelines = {
  cause: {
    manual: '手动',
    schedule: '定时',
    push: '推送',
    webhook: 'Webhook',
    upstream: '上游',
    rerun: '重新运行',
    restart: '重启',
    api: 'API',
    other: '其他',
    engineUser: '{{user}}（{{engine}}）',
  },
  weather_other: '最近 {{count}} 次运行：{{states}}',
  parameters: {
    unsupported: '此处不询问，由引擎使用默认值：{{names}}。',
    notAChoice: '不在可选项中。',
    tooLong: '最多 100,000 个字符。',
    passwordStored: '留空则保留已存储的值。',
  },
} as const;
