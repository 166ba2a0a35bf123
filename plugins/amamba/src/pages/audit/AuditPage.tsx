import { makeStyles } from '@material-ui/core/styles';
import { useMemo } from 'react';
import { Link } from '@backstage/core-components';
import type {
  AuditRecord,
  AuditResult,
} from '@amamba/backstage-plugin-amamba-common';
import { isEntityRef, Person } from '../../components/Cause';
import type { Column } from '../../components/DataTable';
import { ListView, PagedTable } from '../../components/List';
import { Crumb, PageHeader } from '../../components/Page';
import { EmptyState, IconLine, NoPermission } from '../../components/States';
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
import { objectLink, RUN_DETAIL } from './objectLink';
import { useAuditList } from './useAuditList';

const READ = 'amamba.audit.read';
const PORTAL = 'plugin:amamba';

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
  const columns = useColumns();
  return (
    <>
      <PageHeader
        title={t('audit.title')}
        before={<WorkspaceSwitcher room="audit" current={name} />}
        live={list.live}
      />
      <ListView
        list={list}
        filters={<AuditFilters list={list} />}
        failed={t('audit.failed')}
        noMatch={t('audit.noneMatch')}
        empty={<EmptyState title={t('audit.none')} />}
      >
        {page => (
          <PagedTable
            id="audit"
            label={t('audit.title')}
            list={list}
            page={page}
            columns={columns}
            keyOf={record => record.id}
          />
        )}
      </ListView>
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
  const { record, routes } = props;
  const href = objectLink(record, routes.workbench);
  return href ? (
    <Link to={href}>{record.objectName}</Link>
  ) : (
    <>{record.objectName}</>
  );
}
