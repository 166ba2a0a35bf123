import Chip from '@material-ui/core/Chip';
import { makeStyles } from '@material-ui/core/styles';
import ChevronRight from '@material-ui/icons/ChevronRight';
import ExpandMore from '@material-ui/icons/ExpandMore';
import { Link } from '@backstage/core-components';
import { useState } from 'react';
import type {
  TestCase,
  TestStatus,
} from '@amamba/backstage-plugin-amamba-common';
import { CopyButton } from '../../../components/Action';
import { StatusIcon, type StatusKey } from '../../../components/Status';
import { Duration } from '../../../components/Time';
import { useAmambaRoutes } from '../../../hooks/useAmambaRoutes';
import { useAmambaTranslation } from '../../../translation';
import { useRun } from './runScope';
import { WHOLE } from './selection';

const STATUS: Readonly<Record<TestStatus, StatusKey>> = {
  failed: 'failed',
  regression: 'failed',
  skipped: 'skipped',
  fixed: 'ok',
  passed: 'ok',
};

const useStyles = makeStyles(theme => ({
  row: {
    padding: theme.spacing(1, 0),
    borderBottom: `1px solid ${theme.palette.divider}`,
  },
  head: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: theme.spacing(0.5, 1),
  },
  name: {
    flex: '1 1 16rem',
    minWidth: 0,
    padding: 0,
    font: 'inherit',
    textAlign: 'left',
    color: theme.palette.text.primary,
    background: 'none',
    border: 0,
    overflowWrap: 'anywhere',
  },
  toggle: {
    cursor: 'pointer',
    '&:focus-visible': {
      outline: `2px solid ${theme.palette.text.primary}`,
    },
  },
  chip: { margin: 0 },
  fold: { verticalAlign: 'text-bottom' },
  suite: { fontSize: 12 },
  trace: {
    maxHeight: 320,
    margin: theme.spacing(1, 0, 0),
    padding: theme.spacing(1),
    overflow: 'auto',
    fontFamily: 'monospace',
    fontSize: 12,
    whiteSpace: 'pre-wrap',
    overflowWrap: 'anywhere',
    border: `1px solid ${theme.palette.divider}`,
    borderRadius: theme.shape.borderRadius,
  },
}));

/**
 * A test case; a failure opens to its message and trace.
 * @param props.open - whether it is open at first
 */
export function TestCaseRow(props: { test: TestCase; open: boolean }) {
  const { test } = props;
  const classes = useStyles();
  const { t } = useAmambaTranslation();
  const { here } = useAmambaRoutes();
  const { params } = useRun();
  const word = {
    failed: () => t('runs.tests.failedWord'),
    regression: () => t('runs.tests.failedWord'),
    skipped: () => t('runs.tests.skippedWord'),
    fixed: () => t('runs.tests.fixedWord'),
    passed: () => t('runs.tests.passedWord'),
  }[test.status]();
  const details = [test.message, test.trace].filter(Boolean).join('\n\n');
  const [open, setOpen] = useState(props.open && details !== '');
  const name = test.className ? `${test.className}.${test.name}` : test.name;
  const failing = STATUS[test.status] === 'failed';
  const logLink = `${here.run(
    params.workspace,
    params.pipeline,
    params.run,
  )}?${new URLSearchParams({ stage: WHOLE, q: test.name })}`;
  return (
    <li className={classes.row}>
      <div className={classes.head}>
        <StatusIcon status={STATUS[test.status]} label={word} />
        {details ? (
          <button
            type="button"
            className={`${classes.name} ${classes.toggle}`}
            aria-expanded={open}
            onClick={() => setOpen(!open)}
          >
            {open ? (
              <ExpandMore className={classes.fold} fontSize="small" />
            ) : (
              <ChevronRight className={classes.fold} fontSize="small" />
            )}
            {name}
          </button>
        ) : (
          <span className={classes.name}>{name}</span>
        )}
        {test.status === 'regression' && (
          <Chip
            className={classes.chip}
            size="small"
            variant="outlined"
            label={t('runs.tests.new')}
          />
        )}
        {failing && test.status !== 'regression' && test.failingSince && (
          <span>
            {t('runs.tests.failingSince', { count: test.failingSince })}
          </span>
        )}
        <Duration ms={test.durationMs} />
        {failing && <Link to={logLink}>{t('runs.tests.logLine')}</Link>}
      </div>
      {test.suite && test.suite !== test.className && (
        <div className={classes.suite}>{test.suite}</div>
      )}
      {open && (
        <>
          {/* a scroll area must be reachable by keys */}
          {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
          <pre className={classes.trace} tabIndex={0} aria-label={name}>
            {details}
          </pre>
          <CopyButton text={details} label={t('runs.tests.copyTrace')} />
        </>
      )}
    </li>
  );
}
