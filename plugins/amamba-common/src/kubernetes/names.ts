import { z } from 'zod';
import type { KubeLabelSelector } from './objects';

const LABEL = '[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?';
const DNS_LABEL = new RegExp(`^${LABEL}$`);
const DNS_1035 = /^[a-z](?:[-a-z0-9]{0,61}[a-z0-9])?$/;
const DNS_SUBDOMAIN = new RegExp(
  '^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*$',
);
const QUALIFIED = /^[A-Za-z0-9](?:[-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/;
const ENVIRONMENT = /^[^\u0000-\u0020=\u007f-\uffff]+$/;
const PORT_NAME = /^(?!.*--)(?=.*[a-z])[a-z0-9](?:[-a-z0-9]{0,13}[a-z0-9])?$/;
const HELM_RELEASE =
  /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*$/;

/** What a name is used for; each has rules of its own. */
export type KubeNameKind =
  /** most objects: a DNS subdomain of at most 253 characters */
  | 'subdomain'
  /** namespaces, containers, volumes: a DNS label of at most 63 characters */
  | 'label'
  /** Services: a DNS label that begins with a letter */
  | 'service'
  | 'labelKey'
  | 'labelValue'
  | 'annotationKey'
  /** at most 15 characters with a letter among them */
  | 'portName'
  /** variables of a container */
  | 'environment'
  /** keys of a ConfigMap or Secret */
  | 'configKey'
  /** at most 53 characters */
  | 'helmRelease'
  /** a host of an Ingress, which may begin with `*.` */
  | 'host';

function prefixed(value: string): boolean {
  const slash = value.indexOf('/');
  if (slash < 0) return QUALIFIED.test(value);
  const prefix = value.slice(0, slash);
  return (
    prefix.length <= 253 &&
    DNS_SUBDOMAIN.test(prefix) &&
    QUALIFIED.test(value.slice(slash + 1))
  );
}

const subdomain = (value: string) =>
  value.length <= 253 && DNS_SUBDOMAIN.test(value);

const TESTS: Readonly<Record<KubeNameKind, (value: string) => boolean>> = {
  subdomain,
  label: value => DNS_LABEL.test(value),
  service: value => DNS_1035.test(value),
  labelKey: prefixed,
  labelValue: value => value === '' || QUALIFIED.test(value),
  annotationKey: value => prefixed(value),
  portName: value => PORT_NAME.test(value),
  environment: value => value.length <= 1024 && ENVIRONMENT.test(value),
  configKey: value =>
    value.length <= 253 &&
    /^[-._a-zA-Z0-9]+$/.test(value) &&
    value !== '.' &&
    !value.startsWith('..'),
  helmRelease: value => value.length <= 53 && HELM_RELEASE.test(value),
  host: value => subdomain(value.replace(/^\*\./, '')),
};

/** What each name must look like, in words. */
export const kubeNameRules: Readonly<Record<KubeNameKind, string>> = {
  subdomain:
    'must consist of lower case letters, digits, "-" and ".", begin and end with a letter or digit, and be at most 253 characters long',
  label:
    'must consist of lower case letters, digits and "-", begin and end with a letter or digit, and be at most 63 characters long',
  service:
    'must consist of lower case letters, digits and "-", begin with a letter, end with a letter or digit, and be at most 63 characters long',
  labelKey:
    'must be a name of letters, digits, "-", "_" and "." (at most 63 characters), with a domain and "/" before it if at all',
  labelValue:
    'must be empty, or consist of letters, digits, "-", "_" and ".", begin and end with a letter or digit, and be at most 63 characters long',
  annotationKey:
    'must be a name of letters, digits, "-", "_" and "." (at most 63 characters), with a domain and "/" before it if at all',
  portName:
    'must consist of lower case letters, digits and single "-", have a letter, and be at most 15 characters long',
  environment: 'must be visible ASCII characters without "="',
  configKey:
    'must consist of letters, digits, "-", "_" and ".", and not begin with ".."',
  helmRelease:
    'must consist of lower case letters, digits, "-" and ".", begin and end with a letter or digit, and be at most 53 characters long',
  host: 'must be a domain name in lower case; it may begin with "*."',
};

/** Whether the API server takes this name. */
export function isKubeName(kind: KubeNameKind, value: string): boolean {
  return TESTS[kind](value);
}

/** A schema of a name, whose message says the rule. */
export function kubeNameSchema(kind: KubeNameKind) {
  return z
    .string()
    .max(1024)
    .refine(value => isKubeName(kind, value), kubeNameRules[kind]);
}

/** Labels as an object takes them. */
export const kubeLabelsSchema = z.record(
  kubeNameSchema('labelKey'),
  kubeNameSchema('labelValue'),
);

/** Namespaces that no workspace can own: those of Kubernetes itself. */
export function isReservedNamespace(
  name: string,
  others: readonly string[] = [],
): boolean {
  return (
    name === 'default' || name.startsWith('kube-') || others.includes(name)
  );
}

/** A selector that was read from text, or what is wrong with it. */
export type SelectorReading =
  | { readonly selector: KubeLabelSelector }
  | { readonly problem: 'key' | 'value' | 'syntax'; readonly text: string };

type Expression = NonNullable<KubeLabelSelector['matchExpressions']>[number];

const SET = /^([^\s()!=,]+)\s+(in|notin)\s+\(([^()]*)\)$/;
const EQUAL = /^([^\s()!=,]+)\s*(==|=|!=)\s*([^\s()!=,]*)$/;

function readExpression(text: string): Expression | undefined {
  const set = SET.exec(text);
  if (set) {
    return {
      key: set[1],
      operator: set[2] === 'in' ? 'In' : 'NotIn',
      values: set[3].split(',').map(value => value.trim()),
    };
  }
  const equal = EQUAL.exec(text);
  if (equal) {
    return {
      key: equal[1],
      operator: equal[2] === '!=' ? 'NotIn' : 'In',
      values: [equal[3]],
    };
  }
  const absent = text.startsWith('!');
  const key = absent ? text.slice(1).trim() : text;
  return /[\s()!=,]/.test(key)
    ? undefined
    : { key, operator: absent ? 'DoesNotExist' : 'Exists' };
}

/**
 * Reads a label selector as `kubectl -l` takes it: `app=web,tier in (a,b),!debug`. Every key and value is checked, so that the result can stand
 * in an address of the API server.
 */
export function readSelector(text: string): SelectorReading {
  if (text.trim() === '') return { selector: {} };
  const expressions: Expression[] = [];
  for (const part of text.split(/,(?![^()]*\))/)) {
    const expression = readExpression(part.trim());
    if (!expression) return { problem: 'syntax', text: part.trim() };
    if (!isKubeName('labelKey', expression.key)) {
      return { problem: 'key', text: expression.key };
    }
    const wrong = expression.values?.find(
      value => !isKubeName('labelValue', value),
    );
    if (wrong !== undefined) return { problem: 'value', text: wrong };
    expressions.push(expression);
  }
  return { selector: { matchExpressions: expressions } };
}
