import { makeStyles } from '@material-ui/core/styles';
import { useMemo } from 'react';
import { Link } from '@backstage/core-components';
import type {
  AuditRecord,
  AuditResult,
} from '@amamba/backstage-plugin-amamba-common';
import { ActionButton } from '../../components/Action';
import { Banner } from '../../components/Banner';
import { isEntityRef, Person } from '../../components/Cause';
import {
  DataTable,
  Pager,
  useExpiredPage,
  type Column,
} from '../../components/DataTable';
import { Crumb, PageHeader } from '../../components/Page';
import {
  EmptyState,
  IconLine,
  LiveView,
  NoPermission,
} from '../../components/States';
import { StatusIcon, type StatusKey } from '../../components/Status';
import { formatExact, useLanguage } from '../../components/Time';
import { WorkspaceSwitcher } from '../../components/WorkspaceSwitcher';
import {
  useAmambaRoutes,
  type AmambaRoutes,
} from '../../hooks/useAmambaRoutes';
import { useMay, useWorkspace } from '../../hooks/useWorkspace';
import { useAmambaTranslation } from '../../translation';
import { actionWord } from './actions';
import { AuditFilters } from './AuditFilters';
import { NO_AUDIT_FILTERS, useAuditList } from './useAuditList';

const READ = 'amamba.audit.read';
const PORTAL = 'plugin:amamba';
/** detail of an act on a run that had no number yet: its id */
const RUN_DETAIL = 'run';

const useStyles = makeStyles({ time: { whiteSpace: 'nowrap' } });

const RESULT_ICON: Record<AuditResult, StatusKey> = {
  done: 'ok',
  failed: 'failed',
  refused: 'cancelled',
};

/** Who changed what in the workspace, and how it ended. */
export function AuditPage() {
  const { t } = useAmambaTranslation();
  const { workbench } = useAmambaRoutes();
  const { name } = useWorkspace();
  const { allowed } = useMay(READ);
  return (
    <Crumb label={t('audit.title')} href={workbench.room('audit', name)}>
      {allowed ? (
        <Audit />
      ) : (
        <>
          <PageHeader
            title={t('audit.title')}
            before={<WorkspaceSwitcher room="audit" current={name} />}
          />
          <NoPermission permission={READ} />
        </>
      )}
    </Crumb>
  );
}

function Audit() {
  const { t } = useAmambaTranslation();
  const { name } = useWorkspace();
  const list = useAuditList();
  const { live, url } = list;
  const columns = useColumns();
  const expired = useExpiredPage(url, live.error);
  return (
    <>
      <PageHeader
        title={t('audit.title')}
        before={<WorkspaceSwitcher room="audit" current={name} />}
        live={live}
      />
      {expired && <Banner severity="info">{t('common.pageExpired')}</Banner>}
      <AuditFilters list={list} />
      <LiveView live={live} failed={t('audit.failed')}>
        {page => {
          if (page.items.length > 0) {
            return (
              <DataTable
                id="audit"
                label={t('audit.title')}
                identity={list.live.dataKey}
                columns={columns}
                rows={page.items}
                keyOf={record => record.id}
                footer={<Pager page={page} url={url} />}
              />
            );
          }
          return list.filtered ? (
            <EmptyState
              title={t('audit.noneMatch')}
              act={
                <ActionButton onClick={() => list.filter(NO_AUDIT_FILTERS)}>
                  {t('common.clearFilters')}
                </ActionButton>
              }
            />
          ) : (
            <EmptyState title={t('audit.none')} />
          );
        }}
      </LiveView>
    </>
  );
}

function useColumns(): Column<AuditRecord>[] {
  const { t } = useAmambaTranslation();
  const language = useLanguage();
  const routes = useAmambaRoutes();
  const classes = useStyles();
  return useMemo(
    () => [
      {
        id: 'at',
        label: t('audit.columns.at'),
        header: true,
        cell: record => (
          <time dateTime={record.at} className={classes.time}>
            {formatExact(Date.parse(record.at), language)}
          </time>
        ),
      },
      {
        id: 'who',
        label: t('audit.columns.who'),
        wide: true,
        cell: ({ actor }) => <Actor actor={actor} />,
      },
      {
        id: 'what',
        label: t('audit.columns.what'),
        second: true,
        cell: record => actionWord(t, record.action),
      },
      {
        id: 'object',
        wide: true,
        label: t('audit.columns.object'),
        second: true,
        cell: record => <AuditedObject record={record} routes={routes} />,
      },
      {
        id: 'result',
        wide: true,
        label: t('audit.columns.result'),
        cell: record => (
          <IconLine
            icon={<StatusIcon status={RESULT_ICON[record.result]} size={16} />}
          >
            {t(`audit.results.${record.result}`)}
            {record.reason && `: ${record.reason}`}
          </IconLine>
        ),
      },
      {
        id: 'details',
        wide: true,
        label: t('audit.columns.details'),
        optional: true,
        second: true,
        cell: ({ details }) =>
          Object.entries(details)
            .filter(([name, value]) => name !== RUN_DETAIL && value !== '')
            .map(([name, value]) => `${name}=${value}`)
            .join(', '),
      },
    ],
    [t, language, routes, classes],
  );
}

/** Who did it: a user, another service, or the portal by itself. */
function Actor(props: { actor: string }) {
  const { t } = useAmambaTranslation();
  const { actor } = props;
  if (actor === PORTAL) return <>{t('audit.portal')}</>;
  return isEntityRef(actor) ? <Person who={actor} /> : <>{actor}</>;
}

/** What was changed, linked where it may still exist. */
function AuditedObject(props: { record: AuditRecord; routes: AmambaRoutes }) {
  const { objectKind, objectName, workspace, action, details } = props.record;
  const { workbench } = props.routes;
  const [pipeline, number] = objectName.split(' #');
  const run = number ?? details[RUN_DETAIL];
  if (workspace && objectKind === 'run' && run) {
    return (
      <Link to={workbench.run(workspace, pipeline, String(run))}>
        {objectName}
      </Link>
    );
  }
  if (workspace && objectKind === 'pipeline' && action !== 'pipeline.delete') {
    return (
      <Link to={workbench.pipeline(workspace, objectName)}>{objectName}</Link>
    );
  }
  return <>{objectName}</>;
}
