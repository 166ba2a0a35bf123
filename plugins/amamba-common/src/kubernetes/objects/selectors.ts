import type { KubeCondition, KubeLabelSelector, KubeTexts } from './meta';

/** The condition of a type, when the object has it. */
export function kubeCondition(
  conditions: readonly KubeCondition[] | undefined,
  type: string,
): KubeCondition | undefined {
  return conditions?.find(condition => condition.type === type);
}

/** Whether labels have all that a `matchLabels` names; an empty one matches everything. */
export function matchesLabels(
  wanted: KubeTexts,
  labels: KubeTexts | undefined,
): boolean {
  for (const key of Object.keys(wanted)) {
    if (labels?.[key] !== wanted[key]) return false;
  }
  return true;
}

/**
 * Whether labels fit a selector as the API server understands it: an absent selector fits nothing, an empty one everything, an unknown
 * operator nothing.
 */
export function matchesSelector(
  selector: KubeLabelSelector | undefined,
  labels: KubeTexts | undefined,
): boolean {
  if (!selector) return false;
  if (!matchesLabels(selector.matchLabels ?? {}, labels)) return false;
  return (selector.matchExpressions ?? []).every(
    ({ key, operator, values = [] }) => {
      const value =
        labels && Object.hasOwn(labels, key) ? labels[key] : undefined;
      switch (operator) {
        case 'In':
          return value !== undefined && values.includes(value);
        case 'NotIn':
          return value === undefined || !values.includes(value);
        case 'Exists':
          return value !== undefined;
        case 'DoesNotExist':
          return value === undefined;
        default:
          return false;
      }
    },
  );
}

/** A selector as text, the way `kubectl -l` takes it. */
export function selectorText(selector: KubeLabelSelector | undefined): string {
  const labels = Object.entries(selector?.matchLabels ?? {}).map(
    ([key, value]) => `${key}=${value}`,
  );
  const expressions = (selector?.matchExpressions ?? []).map(
    ({ key, operator, values = [] }) => {
      switch (operator) {
        case 'In':
          return `${key} in (${values.join(',')})`;
        case 'NotIn':
          return `${key} notin (${values.join(',')})`;
        case 'DoesNotExist':
          return `!${key}`;
        default:
          return key;
      }
    },
  );
  return [...labels, ...expressions].join(',');
}
