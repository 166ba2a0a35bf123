import { useCallback, useMemo, useState } from 'react';
import { draftOf, type PipelineForm } from './formState';
import { draftProblems, type Problems } from './problems';

/** What is wrong with a field. */
export interface FieldProblem {
  message: string;
  /** found here by the contract's rule, so that the rule can be said in the reader's language */
  byRule: boolean;
}

/** State of the form of a pipeline. */
export interface PipelineFormState {
  form: PipelineForm;
  /** changes fields; what the backend said against them is forgotten */
  change: (values: Partial<PipelineForm>) => void;
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

/** Keeps the form of a pipeline. Fields are judged only after the reader tried to save. */
export function usePipelineForm(initial: PipelineForm): PipelineFormState {
  const [form, setForm] = useState(initial);
  const [tried, setTried] = useState(false);
  const [fromBackend, setFromBackend] = useState<Problems>({});
  const found = useMemo(() => draftProblems(draftOf(form)), [form]);
  const problems = tried ? { ...fromBackend, ...found } : fromBackend;
  const change = useCallback((values: Partial<PipelineForm>) => {
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
