import { useState } from 'react';
import { useNavigate } from 'react-router-dom';
import { useAmambaApi } from '../../../api';
import { download } from '../../../api/download';
import {
  ActionButton,
  MenuButton,
  type MenuEntry,
} from '../../../components/Action';
import { useAct } from '../../../hooks/useAct';
import { useAmambaRoutes } from '../../../hooks/useAmambaRoutes';
import { useToast } from '../../../hooks/useToast';
import { useMay, useMayOn } from '../../../hooks/useWorkspace';
import { useAmambaTranslation } from '../../../translation';
import { useApplication } from '../application/applicationScope';
import { DeleteDialog } from './DeleteDialog';
import { useWorkloadActs, type ActName } from './useWorkloadActs';

/** Acts with a button of their own; the others stand in the menu. */
const BUTTONS = [
  'scale',
  'restart',
  'trigger',
] as const satisfies readonly ActName[];

const buttonOf = (name: ActName) => BUTTONS.find(button => button === name);

/** What can be done with the application. With several workloads each has its acts where it stands in the resources. */
export function ApplicationActs() {
  const { t } = useAmambaTranslation();
  const navigate = useNavigate();
  const { here, place, workbench } = useAmambaRoutes();
  const { application, address } = useApplication();
  const [deleting, setDeleting] = useState(false);
  const mayDelete = useMayOn(application, 'amamba.application.delete');
  const mayCreate = useMay('amamba.application.create');
  const workloads = application.resources.filter(({ acts }) => acts.length > 0);
  const { entries, dialog } = useWorkloadActs(
    workloads.length === 1 ? workloads[0] : undefined,
  );
  const exported = useExport();
  const menu: MenuEntry[] = [
    ...entries.filter(({ name }) => !buttonOf(name)),
    ...(workloads.length > 1
      ? [
          {
            label: t('applications.acts.several'),
            act: here.application(address, 'resources'),
          },
        ]
      : []),
    { label: t('applications.export'), act: exported },
    ...(address.kind === 'helm'
      ? []
      : [
          {
            label: t('applications.startAnother'),
            act: `${workbench.newApplication(address.workspace, 'form')}?${new URLSearchParams(
              {
                from: [
                  address.cluster,
                  address.namespace,
                  address.kind,
                  address.name,
                ].join('/'),
              },
            )}`,
            refused: mayCreate.reason,
          },
        ]),
    ...(place === 'entity'
      ? [
          {
            label: t('applications.inWorkbench'),
            act: workbench.application(address),
          },
        ]
      : []),
    // a release is uninstalled, which is an act of its own
    ...(address.kind === 'helm'
      ? []
      : [
          {
            label: t('applications.delete.act', {
              application: application.title,
            }),
            act: () => setDeleting(true),
            refused: mayDelete.reason,
          },
        ]),
  ];
  return (
    <>
      {entries.map(({ name, label, act, refused }) => {
        const button = buttonOf(name);
        return (
          button && (
            <ActionButton
              key={name}
              label={label}
              refused={refused}
              {...(typeof act === 'string' ? { to: act } : { onClick: act })}
            >
              {t(`applications.acts.short.${button}`)}
            </ActionButton>
          )
        );
      })}
      <MenuButton
        label={t('applications.more', { application: application.title })}
        entries={menu}
      />
      {dialog}
      {deleting && (
        <DeleteDialog
          onClose={() => setDeleting(false)}
          onDeleted={() => navigate(here.applications(address.workspace))}
        />
      )}
    </>
  );
}

/** Saves its manifests as a file to start another application from. */
function useExport(): () => void {
  const { t } = useAmambaTranslation();
  const api = useAmambaApi();
  const toast = useToast();
  const { address } = useApplication();
  const act = useAct(async () => {
    try {
      const { yaml } = await api.call('exportApplication', { params: address });
      await download(async () => new Response(yaml), {
        name: `${address.name}.yaml`,
      });
    } catch (error) {
      toast.failed(t('applications.exportFailed'), error);
    }
  });
  return () => {
    act.run();
  };
}
