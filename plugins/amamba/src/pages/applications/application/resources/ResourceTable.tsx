import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import type { ApplicationResource } from '@amamba/backstage-plugin-amamba-common';
import { useId } from 'react';
import { MenuButton } from '../../../../components/Action';
import { DataTable, type Column } from '../../../../components/DataTable';
import { HealthStatus } from '../../../../components/Health';
import { Images } from '../../../../components/Image';
import { Ago } from '../../../../components/Time';
import { useAmambaTranslation } from '../../../../translation';
import { useWorkloadActs } from '../../acts/useWorkloadActs';
import { ObjectButton } from '../panel/ObjectButton';

const useStyles = makeStyles(theme => ({
  root: { marginBottom: theme.spacing(3) },
}));

/** The objects of one group. */
export function ResourceTable(props: {
  title: string;
  resources: readonly ApplicationResource[];
}) {
  const classes = useStyles();
  const id = useId();
  const { t } = useAmambaTranslation();
  const { title, resources } = props;
  const columns: Column<ApplicationResource>[] = [
    {
      id: 'name',
      label: t('applications.columns.name'),
      header: true,
      wide: true,
      cell: ({ kind, name }) => <ObjectButton object={`${kind}/${name}`} />,
    },
    {
      id: 'health',
      label: t('applications.columns.health'),
      wide: true,
      cell: ({ health }) => <HealthStatus health={health} />,
    },
    {
      id: 'facts',
      label: t('applications.columns.facts'),
      second: true,
      wide: true,
      cell: ({ facts, ready, desired, containers }) => (
        <>
          {desired !== undefined && (
            <div>
              {t('applications.podsReady', {
                ready: String(ready ?? 0),
                desired: String(desired),
              })}
            </div>
          )}
          {facts.map(fact => (
            <div key={fact}>{fact}</div>
          ))}
          <Images images={(containers ?? []).map(({ image }) => image)} />
        </>
      ),
    },
    {
      id: 'created',
      label: t('applications.columns.created'),
      second: true,
      cell: ({ createdAt }) => createdAt && <Ago time={createdAt} />,
    },
    ...(resources.some(({ acts }) => acts.length > 0)
      ? [
          {
            id: 'acts',
            label: t('applications.columns.acts'),
            acts: true,
            cell: (resource: ApplicationResource) => (
              <ResourceActs resource={resource} />
            ),
          },
        ]
      : []),
  ];
  return (
    <section className={classes.root} aria-labelledby={id}>
      <Typography variant="h6" component="h3" id={id}>
        {title}
      </Typography>
      <DataTable
        id="applicationResources"
        label={title}
        identity={title}
        columns={columns}
        rows={resources}
        keyOf={({ apiVersion, kind, name }) => `${apiVersion}/${kind}/${name}`}
      />
    </section>
  );
}

function ResourceActs(props: { resource: ApplicationResource }) {
  const { t } = useAmambaTranslation();
  const { resource } = props;
  const { entries, dialog } = useWorkloadActs(resource);
  if (entries.length === 0) return null;
  return (
    <>
      <MenuButton
        label={t('applications.more', {
          application: `${resource.kind}/${resource.name}`,
        })}
        entries={entries}
      />
      {dialog}
    </>
  );
}
