/** Words of clusters that come up or are not there, Chinese. */
export const clusters = {
  setup: {
    building: '正在构建本地 Kubernetes',
    starting: '正在启动本地 Kubernetes',
    step: '第 {{index}} 步，共 {{of}} 步',
    remaining: '约剩 {{time}}',
    comma: '，',
    stop: '。',
    byItself: '完成后本页面会自动更新。',
    progress: '本地 Kubernetes 的进度',
    failed: '本地 Kubernetes 未能启动。',
  },
  none: '此门户尚未连接 Kubernetes 集群。',
  noneHelp:
    '连接集群后，工作空间即可拥有命名空间并查看其中运行的内容。请在 Backstage kubernetes 插件读取的配置中添加集群；所需账户权限见 docs/kubernetes.md。',
};
