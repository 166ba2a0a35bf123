import { fillWords, type WordParams } from '../words';

/** What can be wrong with a field of a form. `{{name}}` stands for a parameter. */
const EN = {
  needed: 'This is needed.',
  name: 'This {{rule}}.',
  twice: '{{value}} stands here twice.',
  quantity: 'This must be a quantity such as 500m, 2 or 4Gi.',
  negative: 'This must not be negative.',
  aboveLimit: 'The request {{request}} is above the limit {{limit}}.',
  range: 'This must be a whole number from {{min}} to {{max}}.',
  port: 'This must be a port: a number from 1 to 65535, or the name of one.',
  unknownPort: 'No container has a port named {{value}}.',
  unknownVolume: 'There is no volume named {{value}}.',
  unknownService: 'There is no Service named {{value}} in this text.',
  path: 'This must be a path that begins with “/”.',
  colon: 'A mount path can’t contain “:”.',
  noContainers: 'At least one container is needed.',
  noPorts: 'At least one port is needed.',
  image: 'This must be an image without blanks, such as nginx:1.29.',
  selector:
    'The labels of the pods must have everything that the selector asks for.',
  oneSource: 'Choose where this comes from.',
  successThreshold: 'This must be 1 for this probe.',
  bothZero: 'Surge and unavailable can’t both be 0: nothing could be replaced.',
  existsValue: 'With the operator Exists there is no value.',
} as const;

/** Key of a sentence about a field of a form. */
export type FormCode = keyof typeof EN;

const ZH: Readonly<Record<FormCode, string>> = {
  needed: '此项必填。',
  name: '格式不正确：{{rule}}。',
  twice: '{{value}} 重复。',
  quantity: '必须是数量，例如 500m、2 或 4Gi。',
  negative: '不能为负数。',
  aboveLimit: '请求值 {{request}} 高于限制值 {{limit}}。',
  range: '必须是 {{min}} 到 {{max}} 之间的整数。',
  port: '必须是 1 到 65535 之间的端口号，或端口名称。',
  unknownPort: '没有容器端口名为 {{value}}。',
  unknownVolume: '没有名为 {{value}} 的卷。',
  unknownService: '此文本中没有名为 {{value}} 的 Service。',
  path: '必须是以「/」开头的路径。',
  colon: '挂载路径不能包含「:」。',
  noContainers: '至少需要一个容器。',
  noPorts: '至少需要一个端口。',
  image: '必须是不含空格的镜像，例如 nginx:1.29。',
  selector: 'Pod 的标签必须包含选择器要求的全部标签。',
  oneSource: '请选择来源。',
  successThreshold: '此探针的该值必须为 1。',
  bothZero: '最大超出数和最大不可用数不能同时为 0，否则无法更新。',
  existsValue: '运算符为 Exists 时不能有值。',
};

const MESSAGES = { en: EN, zh: ZH } as const;

/** A problem of a field in words. */
export function formSentence(
  { code, params }: { readonly code: FormCode; readonly params: WordParams },
  language: 'en' | 'zh' = 'en',
): string {
  return fillWords(MESSAGES[language][code], params);
}
