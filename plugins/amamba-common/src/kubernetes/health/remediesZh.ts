import type { HEALTH_REMEDIES_EN } from './remediesEn';

/** What to do about a reason, in Chinese. */
export const HEALTH_REMEDIES_ZH: Readonly<
  Record<keyof typeof HEALTH_REMEDIES_EN, string>
> = {
  pullSecret: '请为该仓库添加拉取凭证，或检查正在使用的凭证。',
  imageTag: '请检查镜像的名称和标签。',
  registryReach: '请检查仓库地址、DNS 和节点的出口网络。',
  rateLimit: '仓库限制拉取次数：请登录后拉取，或稍后再试。',
  imageName: '名称中不能有大写字母和空格，标签前只能有一个冒号。',
  pullPolicy: '请更换拉取策略。',
  pullAgain: '请重新拉取，或把 Pod 移到其他节点。',
  previousLog: '请查看上一个容器的日志。',
  log: '请查看日志。',
  memoryLimit: '请提高内存上限，或查找内存泄漏。',
  command: '请检查命令、参数和用户。',
  createReference: '请创建它，或更正名称。',
  runAsUser: '请设置 runAsUser，或使用以其他用户运行的镜像。',
  probe: '请检查探针的路径、端口、延迟和超时。',
  request: '请降低请求值，或增加节点。',
  nodeLabels: '请修改选择器，或为节点添加标签。',
  toleration: '请添加容忍。',
  spread: '请减少 Pod 数，或放宽规则。',
  raiseQuota: '请减少用量，或申请提高配额。',
  setResources: '请设置它们，或申请限制范围。',
  podSecurityContext: '请修改 Pod 和容器的安全上下文。',
  rollback: '请回滚或修正模板，系统不会自动回滚。',
  finalizer: '请找到该终结器的控制器，不要手动移除。',
  storageClass: '请设置集群中已有的存储类。',
  metricsServer: '请安装 metrics-server，并设置 cpu 请求值。',
  raiseMaximum: '若负载符合预期，请提高上限。',
  selector: '请对照选择器与 Pod 的标签。',
  resume: '恢复后更改才会发布。',
  start: '启动后 Pod 会恢复。',
};
