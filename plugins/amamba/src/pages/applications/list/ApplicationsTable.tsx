import Typography from '@material-ui/core/Typography';
import { Link } from '@backstage/core-components';
import type {
  ApplicationPage,
  ApplicationSummary,
} from '@amamba/backstage-plugin-amamba-common';
import { MenuButton } from '../../../components/Action';
import type { Column } from '../../../components/DataTable';
import { HealthStatus } from '../../../components/Health';
import { Images } from '../../../components/Image';
import { PagedTable } from '../../../components/List';
import { Ago } from '../../../components/Time';
import { useAmambaRoutes } from '../../../hooks/useAmambaRoutes';
import { Tag } from '../../../components/Tag';
import { useAmambaTranslation } from '../../../translation';
import type { ApplicationList } from './useApplicationList';

/** The rows of the list of applications. */
export function ApplicationsTable(props: {
  page: ApplicationPage;
  list: ApplicationList;
}) {
  const { t } = useAmambaTranslation();
  const { page, list } = props;
  const columns: Column<ApplicationSummary>[] = [
    {
      id: 'name',
      label: t('applications.columns.name'),
      header: true,
      wide: true,
      sortKey: 'name',
      cell: row => <Name row={row} />,
    },
    {
      id: 'kind',
      label: t('applications.columns.kind'),
      optional: true,
      second: true,
      cell: ({ kind }) => t(`applications.kinds.${kind}`),
    },
    {
      id: 'health',
      label: t('applications.columns.health'),
      sortKey: 'health',
      wide: true,
      cell: row => <Health row={row} />,
    },
    {
      id: 'ready',
      label: t('applications.columns.ready'),
      second: true,
      cell: ({ ready, desired }) =>
        desired > 0 || ready > 0
          ? t('applications.ready', {
              ready: String(ready),
              desired: String(desired),
            })
          : t('common.none'),
    },
    {
      id: 'place',
      label: t('applications.columns.place'),
      optional: true,
      second: true,
      cell: row => <Place row={row} />,
    },
    {
      id: 'images',
      label: t('applications.columns.images'),
      optional: true,
      second: true,
      wide: true,
      cell: ({ images }) => <Images images={images} />,
    },
    {
      id: 'created',
      label: t('applications.columns.created'),
      optional: true,
      second: true,
      sortKey: 'created',
      cell: ({ createdAt }) => <Ago time={createdAt} />,
    },
    {
      id: 'acts',
      label: t('applications.columns.acts'),
      acts: true,
      cell: row => <RowMenu row={row} />,
    },
  ];
  return (
    <PagedTable
      id="applications"
      label={t('applications.title')}
      list={list}
      page={page}
      columns={columns}
      keyOf={({ cluster, namespace, kind, name }) =>
        [cluster, namespace, kind, name].join('/')
      }
      sorting={{
        key: list.sort,
        order: list.order,
        onSort: (key, order) =>
          list.filter({ sort: order === 'desc' ? `-${key}` : key }),
      }}
    />
  );
}

function Name(props: { row: ApplicationSummary }) {
  const { here } = useAmambaRoutes();
  const { row } = props;
  return (
    <>
      <Link to={here.application(row)}>{row.title}</Link>{' '}
      {row.environment && <Tag label={row.environment} />}
      {row.title !== row.name && (
        <Typography variant="body2" color="textSecondary">
          {row.name}
        </Typography>
      )}
      {row.version && (
        <Typography variant="body2" color="textSecondary">
          {row.version}
        </Typography>
      )}
    </>
  );
}

function Place(props: { row: ApplicationSummary }) {
  const { cluster, namespace } = props.row;
  return (
    <>
      <Typography variant="inherit" component="div" noWrap>
        {namespace}
      </Typography>
      <Typography variant="body2" color="textSecondary" component="div" noWrap>
        {cluster}
      </Typography>
    </>
  );
}

function Health(props: { row: ApplicationSummary }) {
  const { t } = useAmambaTranslation();
  const { health, ageMs } = props.row;
  return (
    <>
      <HealthStatus health={health} />
      {ageMs > 0 && (
        <Typography variant="body2" color="textSecondary">
          {t('applications.asOf')}{' '}
          <Ago time={new Date(Date.now() - ageMs).toISOString()} />
        </Typography>
      )}
    </>
  );
}

/** The ways into an application; what can be done with it stands on its page, which knows its state. */
function RowMenu(props: { row: ApplicationSummary }) {
  const { t } = useAmambaTranslation();
  const { here } = useAmambaRoutes();
  const { row } = props;
  const views = ['resources', 'logs', 'events', 'yaml'] as const;
  return (
    <MenuButton
      label={t('applications.more', { application: row.title })}
      entries={views.map(view => ({
        label: t(`applications.tabs.${view}`),
        act: here.application(row, view),
      }))}
    />
  );
}
