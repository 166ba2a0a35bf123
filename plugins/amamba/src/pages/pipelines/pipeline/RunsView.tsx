import Chip from '@material-ui/core/Chip';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { Link } from '@backstage/core-components';
import type { Pipeline, Run } from '@amamba/backstage-plugin-amamba-common';
import { Cause } from '../../../components/Cause';
import { Commit } from '../../../components/Commit';
import type { Column } from '../../../components/DataTable';
import { ListView, PagedTable } from '../../../components/List';
import { EmptyState } from '../../../components/States';
import { RunStatus } from '../../../components/Status';
import { Ago, Took } from '../../../components/Time';
import { useAmambaRoutes } from '../../../hooks/useAmambaRoutes';
import { useMayOn } from '../../../hooks/useWorkspace';
import { useAmambaTranslation, type Translate } from '../../../translation';
import { RunFilters } from './RunFilters';
import { useRunList } from './useRunList';

const useStyles = makeStyles(theme => ({
  parameters: { display: 'flex', flexWrap: 'wrap', gap: theme.spacing(0.5) },
  commit: {
    display: 'flex',
    flexDirection: 'column',
    minWidth: '9rem',
    maxWidth: '20rem',
  },
  parameter: { margin: 0, maxWidth: '16rem' },
}));

/** The runs of a pipeline. */
export function RunsView(props: { pipeline: Pipeline }) {
  const { t } = useAmambaTranslation();
  const { pipeline } = props;
  const { reason } = useMayOn(pipeline, 'amamba.run.start');
  const list = useRunList(pipeline);
  const columns = useColumns(pipeline);
  return (
    <ListView
      list={list}
      filters={<RunFilters list={list} />}
      failed={t('pipelines.runs.failed')}
      noMatch={t('pipelines.runs.noneMatch')}
      empty={<EmptyState title={t('pipelines.runs.none')}>{reason}</EmptyState>}
    >
      {page => (
        <PagedTable
          id="runs"
          label={t('pipelines.runs.title', { pipeline: pipeline.name })}
          list={list}
          page={page}
          columns={columns}
          keyOf={run => run.id}
          sorting={{
            key: 'time',
            order: list.sort === 'newest' ? 'desc' : 'asc',
            onSort: (_key, order) =>
              list.filter({ sort: order === 'asc' ? 'oldest' : undefined }),
          }}
        />
      )}
    </ListView>
  );
}

function useColumns(pipeline: Pipeline): Column<Run>[] {
  const { t } = useAmambaTranslation();
  const { here } = useAmambaRoutes();
  const classes = useStyles();
  return [
    {
      id: 'run',
      label: t('pipelines.runs.columns.run'),
      header: true,
      cell: run => (
        <Link
          to={here.run(pipeline.workspace, pipeline.name, run.number ?? run.id)}
        >
          {run.number ? `#${run.number}` : t('pipelines.queuedRun')}
        </Link>
      ),
    },
    {
      id: 'state',
      label: t('pipelines.state'),
      wide: true,
      cell: run => <Outcome run={run} />,
    },
    {
      id: 'cause',
      label: t('pipelines.columns.cause'),
      optional: true,
      second: true,
      cell: run => <Cause cause={run.cause} />,
    },
    {
      id: 'commit',
      label: t('pipelines.runs.columns.commit'),
      optional: true,
      second: true,
      cell: run => (
        <div className={classes.commit}>
          {run.branch}
          {run.commit && (
            <Commit commit={run.commit} message={run.commitMessage} />
          )}
        </div>
      ),
    },
    {
      id: 'parameters',
      label: t('pipelines.runs.columns.parameters'),
      optional: true,
      second: true,
      cell: run => (
        <span className={classes.parameters}>
          {Object.entries(run.parameters).map(([name, value]) => (
            <Chip
              key={name}
              className={classes.parameter}
              size="small"
              variant="outlined"
              label={`${name}=${value}`}
              title={`${name}=${value}`}
            />
          ))}
        </span>
      ),
    },
    {
      id: 'time',
      label: t('pipelines.columns.when'),
      sortKey: 'time',
      optional: true,
      second: true,
      cell: run => <Ago time={run.startedAt ?? run.queuedAt} />,
    },
    {
      id: 'took',
      label: t('pipelines.columns.took'),
      optional: true,
      second: true,
      cell: run => <Took of={run} />,
    },
  ];
}

function testText(t: Translate, run: Run): string | undefined {
  if (!run.tests?.failed) return undefined;
  return t('pipelines.runs.testsFailed', { count: run.tests.failed });
}

function Outcome(props: { run: Run }) {
  const { t } = useAmambaTranslation();
  const { run } = props;
  const details = [
    run.state === 'succeeded' ? undefined : run.stage,
    run.error,
    testText(t, run),
  ].filter(Boolean);
  return (
    <>
      <RunStatus state={run.state} />
      {details.length > 0 && (
        <Typography variant="body2" color="textSecondary">
          {details.join(' · ')}
        </Typography>
      )}
    </>
  );
}
