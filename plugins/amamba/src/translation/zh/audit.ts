/** Words of the audit page, Chinese. */
export const audit = {
  title: '审计',
  failed: '无法加载审计记录。',
  none: '这里还没有任何变更。',
  noneMatch: '没有符合筛选条件的记录。',
  search: '搜索对象',
  since: '开始时间',
  until: '结束时间',
  portal: '门户',
  columns: {
    at: '时间',
    who: '操作人',
    what: '操作',
    object: '对象',
    result: '结果',
    details: '详情',
  },
  results: { done: '已完成', failed: '失败', refused: '被拒绝' },
  actions: {
    pipeline: {
      create: '创建流水线',
      update: '修改流水线',
      delete: '删除流水线',
      sync: '将流水线写入引擎',
    },
    run: {
      start: '启动运行',
      rerun: '重新运行',
      cancel: '取消运行',
      approve: '批准',
      reject: '驳回',
      recover: '找回运行',
    },
    cluster: {
      bind: '绑定集群',
      unbind: '解绑集群',
    },
    terminal: {
      open: '打开终端',
      close: '关闭终端',
    },
    namespace: {
      create: '创建命名空间',
      update: '修改命名空间',
      mend: '修复命名空间',
      delete: '删除命名空间',
      adopt: '接管命名空间',
      release: '释放命名空间',
    },
  },
} as const;
