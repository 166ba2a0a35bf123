import { useRef, type FormEvent, type RefObject } from 'react';
import { toError } from '@backstage/errors';
import { useAct, type Act } from '../../hooks/useAct';
import { answeredProblems } from './problems';
import type { FormState } from './useForm';

/** Saving of a form. */
export interface Save {
  act: Act<[]>;
  form: RefObject<HTMLFormElement>;
  submit: (event: FormEvent) => void;
}

/** Goes to the first field that is marked, after it was drawn. */
function focusProblem(form: HTMLFormElement | null): void {
  setTimeout(() => {
    form?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  });
}

/**
 * Saves a form: checks it, sends it once, and puts what the backend says against fields at the fields.
 * @param send - saves it and goes on
 */
export function useSave(
  state: Pick<FormState<object>, 'answered' | 'check'>,
  send: () => Promise<void>,
): Save {
  const form = useRef<HTMLFormElement>(null);
  const act = useAct(async () => {
    try {
      await send();
    } catch (cause) {
      const problems = answeredProblems(toError(cause));
      if (problems) {
        state.answered(problems);
        focusProblem(form.current);
      }
      throw cause;
    }
  });
  return {
    act,
    form,
    submit: event => {
      event.preventDefault();
      if (state.check()) act.run();
      else focusProblem(form.current);
    },
  };
}
