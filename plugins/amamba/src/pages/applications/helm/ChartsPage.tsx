import type {
  ChartPage,
  ChartSummary,
} from '@amamba/backstage-plugin-amamba-common';
import { Link } from '@backstage/core-components';
import Chip from '@material-ui/core/Chip';
import Typography from '@material-ui/core/Typography';
import { useAmambaApi } from '../../../api';
import { ActionButton } from '../../../components/Action';
import type { Column } from '../../../components/DataTable';
import {
  ListFilters,
  ListView,
  PagedTable,
  usePagedList,
  type PagedList,
} from '../../../components/List';
import { PageHeader } from '../../../components/Page';
import { EmptyState } from '../../../components/States';
import { useAmambaRoutes } from '../../../hooks/useAmambaRoutes';
import { useUrlState } from '../../../hooks/useUrlState';
import { useWorkspace } from '../../../hooks/useWorkspace';
import { useAmambaTranslation } from '../../../translation';
import { useRepositories } from './useRepositories';

/** Charts of the repositories, to choose one from. */
export function ChartsPage() {
  const { t } = useAmambaTranslation();
  const api = useAmambaApi();
  const url = useUrlState();
  const { workbench } = useAmambaRoutes();
  const { name: workspace, title } = useWorkspace();
  const repositories = useRepositories();
  const filters = { q: url.get('q'), repository: url.get('repository') };
  const list = usePagedList<ChartPage>({
    scope: [workspace],
    filters,
    load: (page, signal) =>
      api.call(
        'listCharts',
        { params: { workspace }, query: { ...filters, ...page } },
        { signal },
      ),
    matches: () => false,
  });
  const manage = (
    <ActionButton to={workbench.helmRepositories(workspace)}>
      {t('helm.repositories.title')}
    </ActionButton>
  );
  return (
    <>
      <PageHeader
        title={t('helm.charts.title', { workspace: title })}
        acts={manage}
      />
      <ListView
        list={list}
        failed={t('helm.charts.failed')}
        noMatch={t('helm.charts.noneMatch')}
        empty={
          <EmptyState title={t('helm.charts.none')} act={manage}>
            {t('helm.charts.noneHelp')}
          </EmptyState>
        }
        filters={
          <ListFilters
            list={list}
            fields={[
              { name: 'q', type: 'search', label: t('helm.charts.search') },
              {
                name: 'repository',
                type: 'choice',
                label: t('helm.repository'),
                options: (repositories.data?.items ?? []).map(({ name }) => ({
                  value: name,
                  label: name,
                })),
              },
            ]}
          />
        }
      >
        {page => <ChartsTable list={list} page={page} />}
      </ListView>
    </>
  );
}

function ChartsTable(props: { list: PagedList<ChartPage>; page: ChartPage }) {
  const { t } = useAmambaTranslation();
  const columns: Column<ChartSummary>[] = [
    {
      id: 'name',
      label: t('helm.chart'),
      header: true,
      wide: true,
      cell: row => <ChartName row={row} />,
    },
    {
      id: 'version',
      label: t('helm.version'),
      cell: ({ version }) => version,
    },
    {
      id: 'appVersion',
      label: t('helm.appVersion'),
      optional: true,
      second: true,
      cell: ({ appVersion }) => appVersion ?? t('common.none'),
    },
    {
      id: 'repository',
      label: t('helm.repository'),
      second: true,
      cell: ({ repository }) => repository,
    },
  ];
  return (
    <PagedTable
      id="helm-charts"
      label={t('helm.charts.label')}
      list={props.list}
      page={props.page}
      columns={columns}
      keyOf={({ repository, name }) => `${repository}/${name}`}
    />
  );
}

function ChartName(props: { row: ChartSummary }) {
  const { t } = useAmambaTranslation();
  const { workbench } = useAmambaRoutes();
  const { name: workspace } = useWorkspace();
  const { repository, name, description, deprecated } = props.row;
  return (
    <>
      <Link to={workbench.chart(workspace, repository, name)}>{name}</Link>{' '}
      {deprecated && (
        <Chip size="small" variant="outlined" label={t('helm.deprecated')} />
      )}
      {description && (
        <Typography variant="body2" color="textSecondary">
          {description}
        </Typography>
      )}
    </>
  );
}
