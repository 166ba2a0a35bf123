import {
  describeQuantity,
  isNamespaceChange,
  parseQuantity,
  type NamespaceDeletion,
} from '@amamba/backstage-plugin-amamba-common';
import { useAmambaApi } from '../../../api';
import { ConfirmLive } from '../../../components/Confirm';
import { useLanguage } from '../../../components/Time';
import { useLive } from '../../../hooks/useLive';
import { useToast } from '../../../hooks/useToast';
import { useAmambaTranslation, type Translate } from '../../../translation';
import type { ActedNamespace } from './NamespaceMenu';

/** Names that a line holds; more of them are counted. */
const NAMES = 8;

/** A line with a number and names: `3 applications: pay, shop, cart`. */
function named(t: Translate, line: string, names: readonly string[]): string {
  const shown = names.slice(0, NAMES).join(t('namespaces.delete.comma'));
  return names.length > NAMES
    ? t('namespaces.delete.namedMore', { line, names: shown })
    : t('namespaces.delete.named', { line, names: shown });
}

/** What deleting would lose, in words: what is dear first. */
function losses(
  t: Translate,
  deletion: NamespaceDeletion,
  language: string,
): string[] {
  const { volumes, applications, helmReleases, hosts, counts } = deletion;
  const bytes = volumes.reduce(
    (sum, { size }) => sum + (parseQuantity(size) ?? 0n),
    0n,
  );
  const lines: string[] = [];
  if (volumes.length > 0) {
    const size = describeQuantity(bytes, 'bytes', language);
    const line = t('namespaces.delete.volumes', {
      count: volumes.length,
      size,
    });
    lines.push(
      named(
        t,
        line,
        volumes.map(({ name }) => name),
      ),
    );
  }
  if (applications.length > 0) {
    const count = applications.length;
    lines.push(
      named(t, t('namespaces.delete.applications', { count }), applications),
    );
  }
  if (helmReleases.length > 0) {
    const count = helmReleases.length;
    lines.push(
      named(t, t('namespaces.delete.releases', { count }), helmReleases),
    );
  }
  if (hosts.length > 0)
    lines.push(named(t, t('namespaces.delete.hosts'), hosts));
  if (counts.length > 0) {
    const objects = counts.map(({ kind, count }) => `${count} ${kind}`);
    lines.push(
      t('namespaces.delete.objects', {
        objects: objects.join(t('namespaces.delete.comma')),
      }),
    );
  }
  return lines.length > 0 ? lines : [t('namespaces.delete.nothing')];
}

/** Deletes a namespace after its name was typed. What is lost comes from the cluster, at this moment. */
export function DeleteNamespaceDialog(props: {
  namespace: ActedNamespace;
  onClose: () => void;
  onDone: () => void;
}) {
  const { t } = useAmambaTranslation();
  const api = useAmambaApi();
  const toast = useToast();
  const language = useLanguage();
  const { workspace, cluster, name } = props.namespace;
  const params = { workspace, cluster, namespace: name };
  const live = useLive(
    signal => api.call('previewNamespaceDeletion', { params }, { signal }),
    {
      key: `${workspace}/${cluster}/${name}`,
      matches: change => isNamespaceChange(change, workspace, params),
    },
  );
  return (
    <ConfirmLive
      live={live}
      failed={t('namespaces.delete.previewFailed')}
      destructive
      onClose={props.onClose}
    >
      {deletion => ({
        title: t('namespaces.delete.title', { namespace: name, cluster }),
        will: losses(t, deletion, language),
        warnings: [
          ...deletion.warnings.map(({ message }) => message),
          t('common.cannotUndo'),
        ],
        typeName: name,
        confirmLabel: t('namespaces.delete.act', { namespace: name }),
        failedLabel: t('namespaces.delete.failed', { namespace: name }),
        onConfirm: async () => {
          await api.call('deleteNamespace', {
            params,
            body: { confirm: name },
          });
          toast.done(t('namespaces.delete.done', { namespace: name }));
          props.onDone();
        },
      })}
    </ConfirmLive>
  );
}
