import Button from '@material-ui/core/Button';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import type {
  TestReport,
  TestStatus,
} from '@amamba/backstage-plugin-amamba-common';
import { useAmambaApi } from '../../../api';
import { TextFilter } from '../../../components/Filter';
import { EmptyState, LiveView } from '../../../components/States';
import { useLanguage } from '../../../components/Time';
import { useLive } from '../../../hooks/useLive';
import { useUrlState } from '../../../hooks/useUrlState';
import { useAmambaTranslation } from '../../../translation';
import { TestCaseRow } from './TestCaseRow';
import { useRun } from './runScope';

const PAGE = 100;

/** What a filter shows. */
const FILTERS = {
  failed: ['failed', 'regression'],
  new: ['regression'],
  fixed: ['fixed'],
  skipped: ['skipped'],
  all: [],
} as const satisfies Record<string, readonly TestStatus[]>;
type Filter = keyof typeof FILTERS;

function isFilter(text: string | undefined): text is Filter {
  return text !== undefined && text in FILTERS;
}

const useStyles = makeStyles(theme => ({
  bar: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: theme.spacing(1),
    marginBottom: theme.spacing(1),
  },
  on: { background: theme.palette.action.selected, fontWeight: 'bold' },
  list: { margin: 0, padding: 0, listStyle: 'none' },
}));

/** The test report: failures first. */
export function TestsView() {
  const { t } = useAmambaTranslation();
  const api = useAmambaApi();
  const { params, run, finished } = useRun();
  const url = useUrlState();
  const state = url.get('state');
  const q = url.get('q') ?? '';
  const offset = Math.max(0, Number.parseInt(url.get('after') ?? '0', 10) || 0);
  const chosen = isFilter(state) ? state : undefined;
  const preset = run.tests && run.tests.failed > 0 ? 'failed' : 'all';
  const filter = chosen ?? preset;
  const status = FILTERS[filter].join(',');
  const live = useLive(
    signal =>
      api.call(
        'getTestReport',
        {
          params,
          query: {
            ...(status && { status }),
            ...(q && { q }),
            offset,
            limit: PAGE,
          },
        },
        { signal },
      ),
    {
      key: `${params.run} ${status} ${q} ${offset} ${run.state}`,
      identity: params.run,
      watch: !finished,
      matches: change => change.type === 'run' && change.run === run.id,
    },
  );
  return (
    <LiveView live={live} failed={t('runs.tests.failed')}>
      {report =>
        report.summary.total === 0 ? (
          <EmptyState title={t('runs.tests.none')}>
            {t('runs.tests.hint')}
          </EmptyState>
        ) : (
          <Report
            report={report}
            filter={filter}
            q={q}
            offset={offset}
            onFilter={next => url.set({ state: next, after: undefined })}
            onSearch={text => url.set({ q: text, after: undefined })}
            onOffset={next =>
              url.set({ after: next ? String(next) : undefined }, 'push')
            }
          />
        )
      }
    </LiveView>
  );
}

function Report(props: {
  report: TestReport;
  filter: Filter;
  q: string;
  offset: number;
  onFilter(filter: Filter): void;
  onSearch(q: string): void;
  onOffset(offset: number): void;
}) {
  const classes = useStyles();
  const { t } = useAmambaTranslation();
  const number = new Intl.NumberFormat(useLanguage());
  const { report, filter, offset } = props;
  const { summary, cases, matching } = report;
  const labels: Record<Filter, string> = {
    failed: t('runs.tests.filterFailed', { n: number.format(summary.failed) }),
    new: t('runs.tests.filterNew', { n: number.format(summary.regressions) }),
    fixed: t('runs.tests.filterFixed', { n: number.format(summary.fixed) }),
    skipped: t('runs.tests.filterSkipped', {
      n: number.format(summary.skipped),
    }),
    all: t('runs.tests.filterAll', { n: number.format(summary.total) }),
  };
  return (
    <>
      <Typography>
        {[
          t('runs.tests.sumFailed', {
            failed: number.format(summary.failed),
            regressions: number.format(summary.regressions),
          }),
          t('runs.tests.sumPassed', { n: number.format(summary.passed) }),
          t('runs.tests.sumSkipped', { n: number.format(summary.skipped) }),
        ].join(' · ')}
      </Typography>
      <div className={classes.bar}>
        {(Object.keys(FILTERS) as Filter[]).map(name => (
          <Button
            key={name}
            size="small"
            variant="outlined"
            className={name === filter ? classes.on : undefined}
            aria-pressed={name === filter}
            onClick={() => props.onFilter(name)}
          >
            {labels[name]}
          </Button>
        ))}
        <TextFilter
          label={t('runs.tests.search')}
          value={props.q}
          onChange={props.onSearch}
        />
      </div>
      {cases.length === 0 ? (
        <EmptyState
          title={
            filter === 'failed' && !props.q
              ? t('runs.tests.noneFailed')
              : t('runs.tests.noneMatch')
          }
        />
      ) : (
        <ul className={classes.list}>
          {cases.map((item, index) => (
            <TestCaseRow key={item.id} test={item} open={index === 0} />
          ))}
        </ul>
      )}
      {matching > PAGE && (
        <div className={classes.bar}>
          <span>
            {t('common.rows', {
              from: number.format(offset + 1),
              to: number.format(offset + cases.length),
              total: number.format(matching),
            })}
          </span>
          <Button
            size="small"
            aria-disabled={offset === 0}
            onClick={() => {
              if (offset > 0) props.onOffset(Math.max(0, offset - PAGE));
            }}
          >
            {t('common.previous')}
          </Button>
          <Button
            size="small"
            aria-disabled={offset + PAGE >= matching}
            onClick={() => {
              if (offset + PAGE < matching) props.onOffset(offset + PAGE);
            }}
          >
            {t('common.next')}
          </Button>
        </div>
      )}
    </>
  );
}
