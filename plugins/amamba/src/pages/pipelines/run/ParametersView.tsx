import { makeStyles } from '@material-ui/core/styles';
import { DataTable } from '../../../components/DataTable';
import { EmptyState } from '../../../components/States';
import { useAmambaTranslation } from '../../../translation';
import { useRun } from './runScope';

const useStyles = makeStyles({
  value: {
    margin: 0,
    fontFamily: 'monospace',
    whiteSpace: 'pre-wrap',
    overflowWrap: 'anywhere',
  },
});

/** The values that a run was given. */
export function ParametersView() {
  const classes = useStyles();
  const { t } = useAmambaTranslation();
  const { run, params } = useRun();
  const rows = Object.entries(run.parameters);
  if (rows.length === 0) {
    return <EmptyState title={t('runs.parameters.none')} />;
  }
  return (
    <DataTable
      id="run-parameters"
      label={t('runs.tabs.parameters')}
      identity={params.run}
      rows={rows}
      keyOf={([name]) => name}
      columns={[
        {
          id: 'name',
          label: t('runs.parameters.name'),
          header: true,
          cell: ([name]) => name,
        },
        {
          id: 'value',
          label: t('runs.parameters.value'),
          cell: ([, value]) => (
            <pre className={classes.value}>{String(value)}</pre>
          ),
        },
      ]}
    />
  );
}
