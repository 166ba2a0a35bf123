import Chip from '@material-ui/core/Chip';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import { Link } from '@backstage/core-components';
import type {
  PipelinePage,
  PipelineSummary,
} from '@amamba/backstage-plugin-amamba-common';
import type { Column } from '../../../components/DataTable';
import { Cause } from '../../../components/Cause';
import { PagedTable } from '../../../components/List';
import { RunButton } from '../../../components/Runner';
import { IconLine } from '../../../components/States';
import { RunStatus, StatusIcon } from '../../../components/Status';
import { Ago, Took } from '../../../components/Time';
import { Weather } from '../../../components/Weather';
import { useAmambaRoutes } from '../../../hooks/useAmambaRoutes';
import { useAmambaTranslation } from '../../../translation';
import { engineProblem } from './engineProblem';
import { PipelineMenu } from './PipelineMenu';
import type { PipelineList } from './usePipelineList';

const SHORT_COMMIT = 7;

const useStyles = makeStyles(theme => ({
  line: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: theme.spacing(0.5, 1),
  },
}));

/** The rows of the list of pipelines. */
export function PipelinesTable(props: {
  page: PipelinePage;
  list: PipelineList;
}) {
  const { t } = useAmambaTranslation();
  const { page, list } = props;
  const columns: Column<PipelineSummary>[] = [
    {
      id: 'name',
      label: t('pipelines.columns.name'),
      header: true,
      wide: true,
      sortKey: 'name',
      cell: row => <Name row={row} />,
    },
    {
      id: 'state',
      label: t('pipelines.columns.lastRun'),
      sortKey: 'state',
      cell: row => <LastRun row={row} />,
    },
    {
      id: 'when',
      label: t('pipelines.columns.when'),
      sortKey: 'lastRun',
      optional: true,
      second: true,
      cell: ({ lastRun }) =>
        lastRun && (
          <Ago
            time={lastRun.endedAt ?? lastRun.startedAt ?? lastRun.queuedAt}
          />
        ),
    },
    {
      id: 'cause',
      label: t('pipelines.columns.cause'),
      optional: true,
      second: true,
      cell: row => <LastCause row={row} />,
    },
    {
      id: 'took',
      label: t('pipelines.columns.took'),
      optional: true,
      second: true,
      cell: ({ lastRun }) => <Took of={lastRun} />,
    },
    {
      id: 'weather',
      label: t('pipelines.columns.weather'),
      optional: true,
      second: true,
      cell: row => <Weather recent={row.recent} />,
    },
    {
      id: 'acts',
      label: t('pipelines.columns.acts'),
      acts: true,
      cell: row => (
        <>
          <RunButton
            pipeline={row}
            engineProblem={engineProblem(row.engine, page.warnings)}
            onStarted={list.live.retry}
          />
          <PipelineMenu pipeline={row} onChanged={list.live.retry} />
        </>
      ),
    },
  ];
  return (
    <PagedTable
      id="pipelines"
      label={t('pipelines.title')}
      list={list}
      page={page}
      columns={columns}
      keyOf={row => `${row.workspace}/${row.name}`}
      sorting={{
        key: list.sort,
        order: list.order,
        onSort: (sort, order) => list.filter({ sort, order }),
      }}
    />
  );
}

function Name(props: { row: PipelineSummary }) {
  const { here } = useAmambaRoutes();
  const { workspace, name, description, environment } = props.row;
  return (
    <>
      <Link to={here.pipeline(workspace, name)}>{name}</Link>{' '}
      {environment && (
        <Chip size="small" variant="outlined" label={environment} />
      )}
      {description && (
        <Typography variant="body2" color="textSecondary" noWrap>
          {description}
        </Typography>
      )}
    </>
  );
}

function LastRun(props: { row: PipelineSummary }) {
  const { t } = useAmambaTranslation();
  const { here } = useAmambaRoutes();
  const { lastRun: run, name, workspace, sync } = props.row;
  const classes = useStyles();
  const unfinished = run?.state !== 'succeeded';
  return (
    <>
      {run ? (
        <span className={classes.line}>
          <RunStatus state={run.state} />{' '}
          <Link
            underline="always"
            to={here.run(workspace, name, run.number ?? run.id)}
          >
            {run.number ? `#${run.number}` : t('pipelines.queuedRun')}
          </Link>{' '}
          {unfinished && run.stage}
        </span>
      ) : (
        <Typography variant="body2" color="textSecondary" component="span">
          {t('pipelines.neverRun')}
        </Typography>
      )}
      {sync.state !== 'synced' && (
        <IconLine
          icon={
            <StatusIcon
              status={sync.state === 'pending' ? 'queued' : 'unstable'}
              size={16}
            />
          }
        >
          {sync.problem ?? t(`pipelines.sync.${sync.state}`)}
        </IconLine>
      )}
    </>
  );
}

function LastCause(props: { row: PipelineSummary }) {
  const run = props.row.lastRun;
  if (!run) return null;
  return (
    <>
      <Cause cause={run.cause} />
      {run.branch && ` · ${run.branch}`}
      {run.commit && ` ${run.commit.slice(0, SHORT_COMMIT)}`}
    </>
  );
}
