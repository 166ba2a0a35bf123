import type { HelmStatus } from '@amamba/backstage-plugin-amamba-common';
import { IconLine } from '../../../../components/States';
import { StatusIcon, type StatusKey } from '../../../../components/Status';
import { useAmambaTranslation } from '../../../../translation';

const LOOK: Readonly<Record<HelmStatus, StatusKey>> = {
  unknown: 'unknown',
  deployed: 'ok',
  uninstalled: 'cancelled',
  superseded: 'skipped',
  failed: 'failed',
  uninstalling: 'running',
  'pending-install': 'running',
  'pending-upgrade': 'running',
  'pending-rollback': 'running',
};

/** The state of a revision as Helm tells it, in the reader's language. */
export function HelmStatusWord(props: { status: HelmStatus }) {
  const { t } = useAmambaTranslation();
  const { status } = props;
  return (
    <IconLine icon={<StatusIcon status={LOOK[status]} size={16} />}>
      {t(`helm.status.${status}`)}
    </IconLine>
  );
}
