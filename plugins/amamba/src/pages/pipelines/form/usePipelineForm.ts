import { pipelineDraftSchema } from '@amamba/backstage-plugin-amamba-common';
import {
  schemaProblems,
  useForm,
  type FormState,
  type Problems,
} from '../../../components/Form';
import { draftOf, type PipelineForm } from './formState';

/** State of the form of a pipeline. */
export type PipelineFormState = FormState<PipelineForm>;

/** What the contract says against the form; empty when it is right. */
export function problemsOf(form: PipelineForm): Problems {
  return schemaProblems(pipelineDraftSchema, draftOf(form));
}

/** Keeps the form of a pipeline. */
export function usePipelineForm(initial: PipelineForm): PipelineFormState {
  return useForm(initial, problemsOf);
}
