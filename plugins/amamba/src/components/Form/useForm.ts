import { useCallback, useMemo, useState } from 'react';
import type { Problems } from './problems';

/** What is wrong with a field. */
export interface FieldProblem {
  message: string;
  /** found here by the contract's rule, so that the rule can be said in the reader's language */
  byRule: boolean;
}

/** State of a form whose fields are `F`. */
export interface FormState<F> {
  form: F;
  /** changes fields; what the backend said against them is forgotten */
  change: (values: Partial<F>) => void;
  /** what is wrong with a field, once that may be said; undefined when it is right */
  problemAt: (path: string) => FieldProblem | undefined;
  /** problems of fields that the form does not show, with their names */
  elsewhere: (shown: (path: string) => boolean) => string[];
  /** checks everything; gives whether it is right */
  check: () => boolean;
  /** says what the backend said against fields */
  answered: (problems: Problems) => void;
  dirty: boolean;
}

/**
 * Keeps a form. Fields are judged only after the reader tried to save.
 * @param problemsOf - what the contract says against it, by the path of the field in the contract
 */
export function useForm<F extends object>(
  initial: F,
  problemsOf: (form: F) => Problems,
): FormState<F> {
  const [form, setForm] = useState(initial);
  const [tried, setTried] = useState(false);
  const [fromBackend, setFromBackend] = useState<Problems>({});
  const found = useMemo(() => problemsOf(form), [form, problemsOf]);
  const problems = tried ? { ...fromBackend, ...found } : fromBackend;
  const change = useCallback((values: Partial<F>) => {
    setForm(before => ({ ...before, ...values }));
    setFromBackend({});
  }, []);
  return {
    form,
    change,
    problemAt: path =>
      path in problems
        ? { message: problems[path], byRule: path in found }
        : undefined,
    elsewhere: shown =>
      Object.entries(problems)
        .filter(([path]) => !shown(path))
        .map(([path, message]) => `${path}: ${message}`),
    check: () => {
      setTried(true);
      return Object.keys(found).length === 0;
    },
    answered: setFromBackend,
    dirty: form !== initial,
  };
}
