import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import { Link } from '@backstage/core-components';
import type { PodSummary } from '@amamba/backstage-plugin-amamba-common';
import { useId } from 'react';
import { DataTable, type Column } from '../../../../components/DataTable';
import { HealthStatus } from '../../../../components/Health';
import { Ago, useLanguage } from '../../../../components/Time';
import { useAmambaRoutes } from '../../../../hooks/useAmambaRoutes';
import { useAmambaTranslation } from '../../../../translation';
import { useApplication } from '../applicationScope';
import { ObjectButton } from '../panel/ObjectButton';

const useStyles = makeStyles(theme => ({
  root: { marginBottom: theme.spacing(3) },
}));

const restartsOf = ({ containers }: PodSummary) =>
  containers.reduce((sum, { restarts }) => sum + restarts, 0);

/** The pods of the application, those in trouble first. */
export function PodTable() {
  const classes = useStyles();
  const id = useId();
  const { t } = useAmambaTranslation();
  const number = new Intl.NumberFormat(useLanguage());
  const { here } = useAmambaRoutes();
  const { application, address } = useApplication();
  const { pods, podTotal } = application;
  if (pods.length === 0) return null;
  const columns: Column<PodSummary>[] = [
    {
      id: 'name',
      label: t('applications.columns.name'),
      header: true,
      wide: true,
      cell: ({ name }) => (
        <ObjectButton object={`Pod/${name}`}>{name}</ObjectButton>
      ),
    },
    {
      id: 'health',
      label: t('applications.columns.health'),
      wide: true,
      cell: ({ health }) => <HealthStatus health={health} />,
    },
    {
      id: 'ready',
      label: t('applications.columns.containers'),
      second: true,
      cell: ({ ready, containers }) =>
        t('applications.ready', {
          ready: String(ready),
          desired: String(containers.filter(({ init }) => !init).length),
        }),
    },
    {
      id: 'restarts',
      label: t('applications.columns.restarts'),
      optional: true,
      second: true,
      cell: pod => number.format(restartsOf(pod)),
    },
    {
      id: 'node',
      label: t('applications.panel.node'),
      optional: true,
      second: true,
      wide: true,
      cell: ({ node }) => node,
    },
    {
      id: 'created',
      label: t('applications.columns.created'),
      second: true,
      cell: ({ createdAt }) => <Ago time={createdAt} />,
    },
    {
      id: 'acts',
      label: t('applications.columns.acts'),
      acts: true,
      cell: ({ name }) => (
        <Link
          underline="always"
          to={here.application(address, 'logs', { pod: name })}
          aria-label={t('applications.panel.logOf', { name })}
        >
          {t('applications.panel.log')}
        </Link>
      ),
    },
  ];
  const rows = pods.toSorted(
    (a, b) =>
      Number(a.health.status === 'ok') - Number(b.health.status === 'ok'),
  );
  return (
    <section className={classes.root} aria-labelledby={id}>
      <Typography variant="h6" component="h3" id={id}>
        {t('applications.resources.pods')}
      </Typography>
      {podTotal > pods.length && (
        <Typography variant="body2">
          {t('applications.resources.podsShown', {
            shown: number.format(pods.length),
            total: number.format(podTotal),
          })}
        </Typography>
      )}
      <DataTable
        id="applicationPods"
        label={t('applications.resources.pods')}
        identity="pods"
        columns={columns}
        rows={rows}
        keyOf={({ name }) => name}
      />
    </section>
  );
}
