import {
  workloadKindSchema,
  type ActOption,
  type ApplicationResource,
  type WorkloadAct,
  type WorkloadKind,
} from '@amamba/backstage-plugin-amamba-common';
import { useState, type ReactNode } from 'react';
import type { MenuEntry } from '../../../components/Action';
import { useAmambaRoutes } from '../../../hooks/useAmambaRoutes';
import { useMayOn } from '../../../hooks/useWorkspace';
import { useAmambaTranslation } from '../../../translation';
import { useApplication } from '../application/applicationScope';
import { ActDialog } from './ActDialog';
import { ImageDialog } from './ImageDialog';
import { ScaleDialog } from './ScaleDialog';
import { useActWords } from './useActWords';

/** Name of an act. */
export type ActName = ActOption['act'];

/** Acts that open a dialog by themselves. */
type PlainAct = Exclude<ActName, 'rollback'>;

/** The order of menus; of the two ways of a switch only the one that is possible is offered. */
const ORDER: readonly (ActName | readonly [ActName, ActName])[] = [
  'scale',
  'restart',
  'image',
  'rollback',
  ['stop', 'start'],
  ['pause', 'resume'],
  'trigger',
  ['suspend', 'unsuspend'],
];

/** What is offered for a workload. */
export interface WorkloadActs {
  entries: (MenuEntry & { name: ActName })[];
  /** the dialog that is open; stands beside what opens it */
  dialog: ReactNode;
}

/** A workload that acts can be aimed at; undefined for objects of other kinds. */
export function workloadOf(
  resource: ApplicationResource | undefined,
): { kind: WorkloadKind; name: string } | undefined {
  const kind = workloadKindSchema.options.find(
    known => known === resource?.kind,
  );
  return resource && kind && { kind, name: resource.name };
}

/**
 * What can be done with a workload of the application: the acts that its kind has, each with the reason why it is not
 * possible now or not for the reader.
 */
export function useWorkloadActs(
  resource: ApplicationResource | undefined,
): WorkloadActs {
  const { t } = useAmambaTranslation();
  const { here } = useAmambaRoutes();
  const words = useActWords();
  const { application, address } = useApplication();
  const may = useMayOn(application, 'amamba.application.update');
  const [open, setOpen] = useState<PlainAct>();
  const workload = workloadOf(resource);
  if (!resource || !workload) return { entries: [], dialog: null };
  const optionOf = (act: ActName) =>
    resource.acts.find(offer => offer.act === act);
  const offered = ORDER.flatMap(entry => {
    const both = typeof entry === 'string' ? [entry] : entry;
    const options = both.flatMap(act => optionOf(act) ?? []);
    const chosen = options.find(({ possible }) => possible) ?? options[0];
    return chosen ? [chosen] : [];
  });
  const labelOf = (act: ActName) =>
    t(`applications.acts.${act}`, { name: workload.name });
  const openDialog = (act: PlainAct) => () => setOpen(act);
  const refusalOf = ({ possible, refusal, why }: ActOption) => {
    if (may.reason) return may.reason;
    if (possible) return undefined;
    return (refusal && words(refusal)) || why;
  };
  const entries = offered.map(option => ({
    name: option.act,
    label: labelOf(option.act),
    // which revision is chosen where they stand
    act:
      option.act === 'rollback'
        ? here.application(address, 'revisions')
        : openDialog(option.act),
    refused: refusalOf(option),
  }));
  return {
    entries,
    dialog: open && (
      <Dialog
        act={open}
        label={labelOf(open)}
        resource={resource}
        workload={workload}
        onClose={() => setOpen(undefined)}
      />
    ),
  };
}

function Dialog(props: {
  act: PlainAct;
  label: string;
  resource: ApplicationResource;
  workload: { kind: WorkloadKind; name: string };
  onClose: () => void;
}) {
  const { act, label, resource, workload, onClose } = props;
  switch (act) {
    case 'scale':
      return (
        <ScaleDialog
          workload={workload}
          replicas={resource.desired ?? 0}
          onClose={onClose}
        />
      );
    case 'image':
      return (
        <ImageDialog
          workload={workload}
          containers={resource.containers ?? []}
          onClose={onClose}
        />
      );
    default: {
      const plain: WorkloadAct = { act, workload };
      return (
        <ActDialog
          act={plain}
          label={label}
          destructive={act === 'stop' || act === 'suspend'}
          onClose={onClose}
        />
      );
    }
  }
}
