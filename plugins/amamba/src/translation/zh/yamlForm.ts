/** Words of forms over YAML, Chinese. */
export const yamlForm = {
  onlyInText: '此处内容只能在 YAML 中修改。',
  oneALine: '每行一个',
  choose: '请选择…',
  key: '名称',
  value: '值',
  addTo: '添加到「{{name}}」',
  remove: '移除 {{name}}',
  isSet: '已设置',
  yes: '是',
  no: '否',
  problems_other: '{{count}} 个问题',
};
