import type { NamespaceSummary } from '@amamba/backstage-plugin-amamba-common';
import { IconLine } from '../../components/States';
import { StatusIcon, type StatusKey } from '../../components/Status';
import { useAmambaTranslation } from '../../translation';

const ICON: Readonly<Record<NamespaceSummary['state'], StatusKey>> = {
  active: 'ok',
  terminating: 'progressing',
  missing: 'missing',
  unknown: 'unknown',
};

/**
 * The state of a namespace, and whether it differs from what the portal holds.
 * @param props.long - with everything that differs
 */
export function NamespaceState(props: {
  namespace: Pick<NamespaceSummary, 'state' | 'drift'>;
  long?: boolean;
}) {
  const { t } = useAmambaTranslation();
  const { state, drift } = props.namespace;
  const differs = state === 'active' && drift.length > 0;
  return (
    <>
      <IconLine
        icon={<StatusIcon status={differs ? 'outOfSync' : ICON[state]} />}
      >
        {differs ? t('namespaces.differs') : t(`namespaces.states.${state}`)}
      </IconLine>
      {props.long &&
        drift.map(({ code, message }) => <div key={code}>{message}</div>)}
    </>
  );
}
