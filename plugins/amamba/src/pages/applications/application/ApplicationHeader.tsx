import { EntityRefLink } from '@backstage/plugin-catalog-react';
import MuiLink from '@material-ui/core/Link';
import type { ReactNode } from 'react';
import { HealthStatus } from '../../../components/Health';
import { StalenessBanner } from '../../../components/Banner';
import { Images } from '../../../components/Image';
import { PageHeader } from '../../../components/Page';
import { Ago } from '../../../components/Time';
import { Tag } from '../../../components/Tag';
import { useAmambaTranslation } from '../../../translation';
import { ApplicationActs } from '../acts/ApplicationActs';
import { NextStep } from '../acts/NextStep';
import { ReleaseActs } from '../helm/release/ReleaseActs';
import { useApplication } from './applicationScope';

/** The head of an application: how it is, where it runs, and what can be done. */
export function ApplicationHeader() {
  const { application, address, live } = useApplication();
  return (
    <>
      <PageHeader
        title={application.title}
        after={<HealthStatus health={application.health} reason={false} />}
        meta={<Meta />}
        live={live}
        acts={
          <>
            {address.kind === 'helm' && <ReleaseActs />}
            <ApplicationActs />
          </>
        }
      />
      <StalenessBanner warnings={application.warnings} onRetry={live.retry} />
      <NextStep />
    </>
  );
}

/** Where it runs and what of, one fact behind the other. */
function Meta() {
  const { t } = useAmambaTranslation();
  const { application } = useApplication();
  const { cluster, namespace, kind, environment, version, managedBy } =
    application;
  const facts: ReactNode[] = [
    t(`applications.kinds.${kind}`),
    `${cluster}/${namespace}`,
    environment && <Tag label={environment} />,
    version,
    application.desired > 0 &&
      t('applications.podsReady', {
        ready: String(application.ready),
        desired: String(application.desired),
      }),
    managedBy &&
      t('applications.managedBy', {
        manager: managedBy === 'argocd' ? 'Argo CD' : managedBy,
      }),
    application.ageMs > 0 && (
      <>
        {t('applications.asOf')}{' '}
        <Ago time={new Date(Date.now() - application.ageMs).toISOString()} />
      </>
    ),
    application.entityRef && (
      <EntityRefLink entityRef={application.entityRef} underline="always" />
    ),
    ...application.links.map(({ title, url }) => (
      <MuiLink
        key={url}
        href={url}
        target="_blank"
        rel="noopener noreferrer"
        underline="always"
      >
        {title}
      </MuiLink>
    )),
  ];
  return (
    <>
      {application.description && <div>{application.description}</div>}
      {facts.filter(Boolean).map((fact, index) => (
        <span key={index}>{fact}</span>
      ))}
      <Images images={application.images} />
    </>
  );
}
