import { useCallback } from 'react';
import type { ClusterBindingList } from '@amamba/backstage-plugin-amamba-common';
import { useForm, type FormState } from '../../../components/Form';
import { problemsOf, type NamespaceForm } from './formState';
import { roomOf, type Room } from './room';

/** State of the form of a namespace. */
export interface NamespaceFormState extends FormState<NamespaceForm> {
  /** what the workspace may still give on the chosen cluster */
  room: Room | undefined;
}

/**
 * Keeps the form of a namespace.
 * @param bindings - what the workspace may give on its clusters
 * @param own - the quota that the namespace has already
 */
export function useNamespaceForm(
  initial: NamespaceForm,
  bindings: ClusterBindingList | undefined,
  own?: Readonly<Record<string, string>>,
): NamespaceFormState {
  const roomFor = useCallback(
    (cluster: string) =>
      roomOf(
        bindings?.items.find(binding => binding.cluster === cluster),
        own,
      ),
    [bindings, own],
  );
  const judge = useCallback(
    (form: NamespaceForm) => problemsOf(form, roomFor(form.cluster)),
    [roomFor],
  );
  const state = useForm(initial, judge);
  return { ...state, room: roomFor(state.form.cluster) };
}
