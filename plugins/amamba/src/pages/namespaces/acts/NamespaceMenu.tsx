import { useState } from 'react';
import type { NamespaceSummary } from '@amamba/backstage-plugin-amamba-common';
import { MenuButton } from '../../../components/Action';
import { useAmambaRoutes } from '../../../hooks/useAmambaRoutes';
import { useMayOn } from '../../../hooks/useWorkspace';
import { useAmambaTranslation } from '../../../translation';
import { mayManage } from '../clusters/useBindings';
import { DeleteNamespaceDialog } from './DeleteNamespaceDialog';
import { MendNamespaceDialog } from './MendNamespaceDialog';
import { ReleaseNamespaceDialog } from './ReleaseNamespaceDialog';

/** The part of a namespace that acts on it need. */
export type ActedNamespace = Pick<
  NamespaceSummary,
  'workspace' | 'cluster' | 'name' | 'can' | 'drift' | 'state'
>;

/** An act that is being confirmed. */
type Open = 'mend' | 'release' | 'delete';

const DIALOGS = {
  mend: MendNamespaceDialog,
  release: ReleaseNamespaceDialog,
  delete: DeleteNamespaceDialog,
} as const;

/**
 * The acts on a namespace that have no button of their own.
 * @param props.onChanged - after one of them changed it
 * @param props.onGone - after it was given up; default: as changed
 */
export function NamespaceMenu(props: {
  namespace: ActedNamespace;
  onChanged: () => void;
  onGone?: () => void;
}) {
  const { t } = useAmambaTranslation();
  const { workbench } = useAmambaRoutes();
  const { namespace, onChanged, onGone = onChanged } = props;
  const { workspace, cluster, name } = namespace;
  const update = useMayOn(namespace, 'amamba.namespace.update');
  const remove = useMayOn(namespace, 'amamba.namespace.delete');
  const [open, setOpen] = useState<Open>();
  const leaving =
    namespace.state === 'terminating' ? t('namespaces.leaving') : undefined;
  const mendable = namespace.drift.some(each => each.mendable);
  const Dialog = open && DIALOGS[open];
  return (
    <>
      <MenuButton
        label={t('namespaces.more', { namespace: name })}
        entries={[
          {
            label: t('namespaces.edit.act'),
            act: workbench.namespace(workspace, cluster, name, 'edit'),
            refused: update.reason ?? leaving,
          },
          ...(mendable
            ? [
                {
                  label: t('namespaces.mend.act'),
                  act: () => setOpen('mend'),
                  refused: update.reason,
                },
              ]
            : []),
          {
            label: t('namespaces.release.act'),
            act: () => setOpen('release'),
            refused: mayManage(namespace)
              ? undefined
              : t('namespaces.clusters.manageOnly'),
          },
          {
            label: t('namespaces.delete.act', { namespace: name }),
            act: () => setOpen('delete'),
            refused: remove.reason ?? leaving,
          },
        ]}
      />
      {Dialog && (
        <Dialog
          namespace={namespace}
          onClose={() => setOpen(undefined)}
          onDone={open === 'release' ? onGone : onChanged}
        />
      )}
    </>
  );
}
