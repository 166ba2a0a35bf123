import Chip from '@material-ui/core/Chip';
import Typography from '@material-ui/core/Typography';
import { useState } from 'react';
import { useNavigate } from 'react-router-dom';
import {
  LIMIT_PARTS,
  LIMIT_RESOURCES,
  type NamespaceDetail,
} from '@amamba/backstage-plugin-amamba-common';
import { ActionButton } from '../../../components/Action';
import { Banner } from '../../../components/Banner';
import { FactList, PageHeader, Section } from '../../../components/Page';
import { QuotaBars } from '../../../components/Quota';
import { LiveView } from '../../../components/States';
import { Ago } from '../../../components/Time';
import { useAmambaRoutes } from '../../../hooks/useAmambaRoutes';
import { useMayOn } from '../../../hooks/useWorkspace';
import { useAmambaTranslation } from '../../../translation';
import { MendNamespaceDialog } from '../acts/MendNamespaceDialog';
import { NamespaceMenu } from '../acts/NamespaceMenu';
import { BackToNamespaces } from '../BackToNamespaces';
import { Giver } from '../Giver';
import { NamespaceState } from '../NamespaceState';
import { useNamespace } from '../useNamespace';

/** One namespace: what differs, what is used, what the portal keeps it to. */
export function NamespacePage(props: { cluster: string; name: string }) {
  const { t } = useAmambaTranslation();
  const navigate = useNavigate();
  const { workbench } = useAmambaRoutes();
  const { cluster, name } = props;
  const live = useNamespace(cluster, name);
  const namespace = live.data;
  return (
    <>
      <PageHeader
        title={name}
        after={
          namespace && (
            <>
              <NamespaceState namespace={namespace} />
              {namespace.environment && (
                <Chip
                  size="small"
                  variant="outlined"
                  label={namespace.environment}
                />
              )}
            </>
          )
        }
        live={live}
        acts={
          namespace && (
            <>
              <Edit namespace={namespace} />
              <NamespaceMenu
                namespace={namespace}
                onChanged={live.retry}
                onGone={() =>
                  navigate(workbench.namespaces(namespace.workspace))
                }
              />
            </>
          )
        }
      />
      <LiveView
        live={live}
        failed={t('namespaces.loadFailed')}
        back={<BackToNamespaces />}
      >
        {found => (
          <>
            <Drift namespace={found} onMended={live.retry} />
            <Section title={t('namespaces.quota.title')}>
              {found.quota.length > 0 ? (
                <QuotaBars uses={found.quota} />
              ) : (
                <Typography variant="body2">
                  {t('namespaces.quota.noneHere')}
                </Typography>
              )}
            </Section>
            <Limits namespace={found} />
            <About namespace={found} />
          </>
        )}
      </LiveView>
    </>
  );
}

function Edit(props: { namespace: NamespaceDetail }) {
  const { t } = useAmambaTranslation();
  const { workbench } = useAmambaRoutes();
  const { namespace } = props;
  const { workspace, cluster, name, state } = namespace;
  const { reason } = useMayOn(namespace, 'amamba.namespace.update');
  return (
    <ActionButton
      refused={
        reason ??
        (state === 'terminating' ? t('namespaces.leaving') : undefined)
      }
      to={workbench.namespace(workspace, cluster, name, 'edit')}
    >
      {t('namespaces.edit.act')}
    </ActionButton>
  );
}

/** What differs from what the portal holds, since when, and the act that puts it right. */
function Drift(props: { namespace: NamespaceDetail; onMended: () => void }) {
  const { t } = useAmambaTranslation();
  const { namespace } = props;
  const { drift } = namespace;
  const { reason } = useMayOn(namespace, 'amamba.namespace.update');
  const [mending, setMending] = useState(false);
  if (drift.length === 0) return null;
  return (
    <>
      <Banner
        severity="warning"
        actions={
          drift.some(({ mendable }) => mendable) && (
            <ActionButton
              size="small"
              refused={reason}
              onClick={() => setMending(true)}
            >
              {t('namespaces.mend.act')}
            </ActionButton>
          )
        }
      >
        {drift.map(({ code, message, since }) => (
          <div key={code}>
            <strong>{t(`namespaces.drift.${code}`)}</strong> {message}{' '}
            <Ago time={since} />
          </div>
        ))}
      </Banner>
      {mending && (
        <MendNamespaceDialog
          namespace={namespace}
          onClose={() => setMending(false)}
          onDone={props.onMended}
        />
      )}
    </>
  );
}

function Limits(props: { namespace: NamespaceDetail }) {
  const { t } = useAmambaTranslation();
  const { containerLimits } = props.namespace;
  const words = {
    cpu: t('namespaces.limits.cpu'),
    memory: t('namespaces.limits.memory'),
    'ephemeral-storage': t('namespaces.limits.ephemeral'),
  };
  const facts = LIMIT_RESOURCES.flatMap(resource => {
    const parts = LIMIT_PARTS.flatMap(part => {
      const value = containerLimits?.[part]?.[resource];
      return value ? [`${t(`namespaces.limits.${part}`)} ${value}`] : [];
    });
    return parts.length > 0
      ? [[words[resource], parts.join(', ')] as const]
      : [];
  });
  return (
    <Section title={t('namespaces.limits.title')}>
      {facts.length > 0 ? (
        <FactList facts={facts} />
      ) : (
        <Typography variant="body2">{t('namespaces.limits.none')}</Typography>
      )}
    </Section>
  );
}

function About(props: { namespace: NamespaceDetail }) {
  const { t } = useAmambaTranslation();
  const { cluster, pods, labels, podSecurity, createdBy, createdAt } =
    props.namespace;
  return (
    <Section title={t('namespaces.form.about')}>
      <FactList
        facts={[
          [t('namespaces.columns.cluster'), cluster],
          [
            t('namespaces.columns.pods'),
            pods === undefined ? undefined : String(pods),
          ],
          [
            t('namespaces.form.podSecurity'),
            t(`namespaces.form.levels.${podSecurity ?? 'asIs'}`),
          ],
          [
            t('namespaces.form.labels'),
            Object.entries(labels)
              .map(([key, value]) => `${key}=${value}`)
              .join(', '),
          ],
          [
            t('namespaces.givenBy'),
            <span key="given">
              <Giver who={createdBy} />, <Ago time={createdAt} />
            </span>,
          ],
        ]}
      />
    </Section>
  );
}
