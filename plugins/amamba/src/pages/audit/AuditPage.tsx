import { useMemo } from 'react';
import { Link } from '@backstage/core-components';
import type {
  AuditRecord,
  AuditResult,
} from '@amamba/backstage-plugin-amamba-common';
import { ActionButton } from '../../components/Action';
import { Banner } from '../../components/Banner';
import { Person } from '../../components/Cause';
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
    <Crumb label={t('audit.title')} href={workbench.audit(name)}>
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
  return useMemo(
    () => [
      {
        id: 'at',
        label: t('audit.columns.at'),
        header: true,
        cell: record => (
          <time dateTime={record.at}>
            {formatExact(Date.parse(record.at), language)}
          </time>
        ),
      },
      {
        id: 'who',
        label: t('audit.columns.who'),
        cell: ({ actor }) =>
          actor === PORTAL ? t('audit.portal') : <Person who={actor} />,
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
            .map(([name, value]) => `${name}=${value}`)
            .join(', '),
      },
    ],
    [t, language, routes],
  );
}

/** What was changed, linked where it may still exist. */
function AuditedObject(props: { record: AuditRecord; routes: AmambaRoutes }) {
  const { objectKind, objectName, workspace, action } = props.record;
  const { workbench } = props.routes;
  const [pipeline, number] = objectName.split(' #');
  if (workspace && objectKind === 'run' && number) {
    return (
      <Link to={workbench.run(workspace, pipeline, number)}>{objectName}</Link>
    );
  }
  if (workspace && objectKind === 'pipeline' && action !== 'pipeline.delete') {
    return (
      <Link to={workbench.pipeline(workspace, objectName)}>{objectName}</Link>
    );
  }
  return <>{objectName}</>;
}
