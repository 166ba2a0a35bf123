import { fillWords, type WordParams } from '../words';

/** What can be wrong with a manifest. `{{name}}` stands for a parameter, as i18next writes it. */
const EN = {
  // the text
  tooLarge: 'The text has {{size}}; at most {{max}} are taken.',
  syntax: 'This is not YAML: {{message}}',
  duplicateKey: 'The key {{key}} stands here twice.',
  aliases: 'Aliases make this document too large.',
  tooDeep: 'This is nested too deeply.',
  tag: 'The tag {{tag}} is not known.',
  empty: 'There is no document.',
  documents: 'There are {{count}} documents; {{max}} can be taken.',
  // the object
  notMap: 'A manifest is a map with apiVersion, kind and metadata.',
  noApiVersion: 'apiVersion is missing, such as apps/v1.',
  noKind: 'kind is missing, such as Deployment.',
  noName: 'metadata.name is missing.',
  name: 'metadata.name {{rule}}.',
  labelKey: 'The key {{key}} {{rule}}.',
  labelValue: 'The value of {{key}} {{rule}}.',
  notText: '{{key}} must be text: write it in quotes.',
  list: 'Lists are not taken; write each object as a document of its own.',
  twice: '{{object}} stands here twice.',
  otherKind: 'This must be {{kind}} {{name}}.',
  foreignNamespace: 'The namespace must be {{namespace}}, or be left out.',
  clusterScoped: '{{kind}} belongs to the whole cluster, not to a namespace.',
  kindNotAllowed: '{{kind}} of {{group}} can’t be written here.',
  kindOfPortal:
    '{{kind}} is kept by the portal; change it on the page of the namespace.',
  managedFields: 'metadata.managedFields must be left out.',
  serverField: '{{field}} is set by the cluster; what stands here is ignored.',
  // what PodSecurity and the portal object to
  hostNamespace: '{{field}} lets the pod into the node’s own namespaces.',
  hostPath: 'Volume {{volume}} mounts a path of the node.',
  privileged: 'Container {{container}} is privileged.',
  capabilities: 'Container {{container}} adds capabilities: {{capabilities}}.',
  hostPort: 'Container {{container}} takes port {{port}} of the node.',
  procMount: 'Container {{container}} unmasks /proc.',
  seccomp: 'The seccomp profile is {{type}}.',
  appArmor: 'The AppArmor profile is {{type}}.',
  seLinux: 'The SELinux {{field}} can’t be set to {{value}}.',
  sysctl: 'The sysctl {{name}} is not a safe one.',
  hostProcess: 'Windows host processes are not allowed.',
  externalIps: 'externalIPs can take over the traffic of others.',
  tokenSecret: 'A Secret of this type makes a token of a service account.',
  helmSecret: 'A Secret of this type is a release of Helm.',
  escalation:
    'Container {{container}} must set allowPrivilegeEscalation to false.',
  runAsNonRoot: 'Container {{container}} must run as another user than root.',
  dropAll: 'Container {{container}} must drop ALL capabilities.',
  seccompMissing: 'Container {{container}} has no seccomp profile.',
  volumeType: 'Volumes of type {{type}} are not allowed: {{volume}}.',
} as const;

/** Key of a sentence about a manifest. */
export type ManifestCode = keyof typeof EN;

const ZH: Readonly<Record<ManifestCode, string>> = {
  tooLarge: '文本大小为 {{size}}，最多 {{max}}。',
  syntax: '不是有效的 YAML：{{message}}',
  duplicateKey: '键 {{key}} 重复。',
  aliases: '别名使文档过大。',
  tooDeep: '嵌套过深。',
  tag: '未知的标签 {{tag}}。',
  empty: '没有文档。',
  documents: '共有 {{count}} 个文档，最多 {{max}} 个。',
  notMap: '清单必须是包含 apiVersion、kind 和 metadata 的映射。',
  noApiVersion: '缺少 apiVersion，例如 apps/v1。',
  noKind: '缺少 kind，例如 Deployment。',
  noName: '缺少 metadata.name。',
  name: 'metadata.name {{rule}}.',
  labelKey: '键 {{key}} {{rule}}.',
  labelValue: '{{key}} 的值 {{rule}}.',
  notText: '{{key}} 必须是文本，请加引号。',
  list: '不接受 List，请将每个对象写成单独的文档。',
  twice: '{{object}} 重复。',
  otherKind: '这里必须是 {{kind}} {{name}}。',
  foreignNamespace: '命名空间必须是 {{namespace}}，或省略。',
  clusterScoped: '{{kind}} 属于整个集群，不属于命名空间。',
  kindNotAllowed: '此处不能写入 {{group}} 的 {{kind}}。',
  kindOfPortal: '{{kind}} 由平台维护，请在命名空间页面修改。',
  managedFields: '必须省略 metadata.managedFields。',
  serverField: '{{field}} 由集群设置，此处的值会被忽略。',
  hostNamespace: '{{field}} 使 Pod 进入节点自身的命名空间。',
  hostPath: '卷 {{volume}} 挂载了节点上的路径。',
  privileged: '容器 {{container}} 以特权模式运行。',
  capabilities: '容器 {{container}} 添加了能力：{{capabilities}}。',
  hostPort: '容器 {{container}} 占用节点端口 {{port}}。',
  procMount: '容器 {{container}} 取消了对 /proc 的屏蔽。',
  seccomp: 'seccomp 配置为 {{type}}。',
  appArmor: 'AppArmor 配置为 {{type}}。',
  seLinux: 'SELinux 的 {{field}} 不能设为 {{value}}。',
  sysctl: 'sysctl {{name}} 不是安全项。',
  hostProcess: '不允许 Windows 主机进程。',
  externalIps: 'externalIPs 可能截获他人的流量。',
  tokenSecret: '此类型的 Secret 会生成服务账号的令牌。',
  helmSecret: '此类型的 Secret 是 Helm 的发布记录。',
  escalation: '容器 {{container}} 必须将 allowPrivilegeEscalation 设为 false。',
  runAsNonRoot: '容器 {{container}} 不能以 root 运行。',
  dropAll: '容器 {{container}} 必须丢弃 ALL 能力。',
  seccompMissing: '容器 {{container}} 没有 seccomp 配置。',
  volumeType: '不允许 {{type}} 类型的卷：{{volume}}。',
};

/** Sentences about manifests by language and code. */
export const manifestMessages: Readonly<
  Record<'en' | 'zh', Readonly<Record<ManifestCode, string>>>
> = { en: EN, zh: ZH };

/** A problem of a manifest in words. */
export function manifestSentence(
  {
    code,
    params,
  }: { readonly code: ManifestCode; readonly params: WordParams },
  language: 'en' | 'zh' = 'en',
): string {
  return fillWords(manifestMessages[language][code], params);
}
