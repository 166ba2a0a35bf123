import { useMemo } from 'react';
import {
  pathText,
  valueAt,
  type KubeJson,
} from '@amamba/backstage-plugin-amamba-common';
import type { FieldPath, YamlForm } from './types';

/** Something wrong in what a form edits. */
export interface ValueProblem {
  /** `spec.replicas` */
  path: string;
  message: string;
}

/** Whether a path leads to another or to something in it. */
function leadsTo(path: string, other: string): boolean {
  return (
    other === path ||
    (other.startsWith(path) && /^[.[]/.test(other.slice(path.length)))
  );
}

/**
 * A form over a value.
 * @param value - as it is now
 * @param set - changes it at a path
 */
export function useYamlForm(
  value: KubeJson | undefined,
  set: (path: FieldPath, to: KubeJson | undefined) => void,
  problems: readonly ValueProblem[],
): YamlForm {
  return useMemo(() => {
    const byPath = new Map<string, string>();
    for (const { path, message } of problems) {
      const before = byPath.get(path);
      byPath.set(path, before ? `${before} ${message}` : message);
    }
    return {
      valueAt: path => valueAt(value, path),
      set,
      problemAt: path => byPath.get(pathText(path)),
      problemsBelow: path => {
        const text = pathText(path);
        return problems.filter(problem =>
          text === '' ? true : leadsTo(text, problem.path),
        ).length;
      },
    };
  }, [value, set, problems]);
}
