import Chip from '@material-ui/core/Chip';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import { Link } from '@backstage/core-components';
import type {
  NamespacePage,
  NamespaceQuery,
  NamespaceSummary,
} from '@amamba/backstage-plugin-amamba-common';
import type { Column, Sorting } from '../../../components/DataTable';
import { PagedTable } from '../../../components/List';
import { isTight, QuotaBar } from '../../../components/Quota';
import { Ago } from '../../../components/Time';
import { useAmambaRoutes } from '../../../hooks/useAmambaRoutes';
import { useAmambaTranslation } from '../../../translation';
import { NamespaceMenu } from '../acts/NamespaceMenu';
import { NamespaceState } from '../NamespaceState';
import type { NamespaceList } from './useNamespaceList';

/** Limits that a row shows: the fullest. */
const BARS = 2;

const useStyles = makeStyles({ name: { whiteSpace: 'nowrap' } });

/** The rows of the list of namespaces. */
export function NamespacesTable(props: {
  page: NamespacePage;
  list: NamespaceList;
}) {
  const classes = useStyles();
  const { t } = useAmambaTranslation();
  const { page, list } = props;
  const columns: Column<NamespaceSummary>[] = [
    {
      id: 'name',
      label: t('namespaces.columns.name'),
      header: true,
      wide: true,
      sortKey: 'name',
      cell: row => <Name row={row} />,
    },
    {
      id: 'cluster',
      label: t('namespaces.columns.cluster'),
      second: true,
      cell: ({ cluster }) => <span className={classes.name}>{cluster}</span>,
    },
    {
      id: 'state',
      label: t('namespaces.columns.state'),
      wide: true,
      cell: row => <NamespaceState namespace={row} long />,
    },
    {
      id: 'quota',
      label: t('namespaces.columns.quota'),
      sortKey: 'used',
      second: true,
      cell: row => <Fullest row={row} />,
    },
    {
      id: 'pods',
      label: t('namespaces.columns.pods'),
      optional: true,
      second: true,
      cell: ({ pods }) => pods,
    },
    {
      id: 'created',
      label: t('namespaces.columns.created'),
      sortKey: 'created',
      optional: true,
      second: true,
      cell: ({ createdAt }) => <Ago time={createdAt} />,
    },
    {
      id: 'acts',
      label: t('namespaces.columns.acts'),
      acts: true,
      cell: row => (
        <NamespaceMenu namespace={row} onChanged={list.live.retry} />
      ),
    },
  ];
  return (
    <PagedTable
      id="namespaces"
      label={t('namespaces.title')}
      list={list}
      page={page}
      columns={columns}
      keyOf={row => `${row.cluster}/${row.name}`}
      sorting={sortingOf(list)}
    />
  );
}

function sortingOf({ sort, filter }: NamespaceList): Sorting {
  return {
    key: sort.replace('-', ''),
    order: sort.startsWith('-') ? 'desc' : 'asc',
    onSort: (key, order) => {
      // who sorts by use looks for the fullest
      const first = key === 'used' && !sort.endsWith('used');
      const down = first || order === 'desc';
      filter({ sort: `${down ? '-' : ''}${key}` as NamespaceQuery['sort'] });
    },
  };
}

function Name(props: { row: NamespaceSummary }) {
  const { workbench } = useAmambaRoutes();
  const { workspace, cluster, name, environment } = props.row;
  return (
    <>
      <Link to={workbench.namespace(workspace, cluster, name)}>{name}</Link>{' '}
      {environment && (
        <Chip size="small" variant="outlined" label={environment} />
      )}
    </>
  );
}

/** The limits that are closest to their end; more of them when they are tight. */
function Fullest(props: { row: NamespaceSummary }) {
  const { t } = useAmambaTranslation();
  const { quota } = props.row;
  if (quota.length === 0) {
    return (
      <Typography variant="body2" color="textSecondary" component="span">
        {t('namespaces.quota.none')}
      </Typography>
    );
  }
  const tight = quota.filter(isTight).length;
  return (
    <>
      {quota.slice(0, Math.max(BARS, Math.min(tight, BARS * 2))).map(use => (
        <QuotaBar key={use.key} use={use} compact />
      ))}
    </>
  );
}
