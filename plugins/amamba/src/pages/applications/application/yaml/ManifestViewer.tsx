import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import type { Manifest } from '@amamba/backstage-plugin-amamba-common';
import { download } from '../../../../api/download';
import { ActionButton, CopyButton } from '../../../../components/Action';
import { DataTable, type Column } from '../../../../components/DataTable';
import { Ago } from '../../../../components/Time';
import { YamlEditor } from '../../../../components/YamlEditor';
import { useMayOn } from '../../../../hooks/useWorkspace';
import { useAmambaTranslation } from '../../../../translation';
import { useApplication } from '../applicationScope';
import type { YamlObject } from './yamlObjects';

/** Fields of a manager that its row names; the others are counted. */
const MAX_FIELDS = 6;

const useStyles = makeStyles(theme => ({
  acts: {
    display: 'flex',
    flexWrap: 'wrap',
    gap: theme.spacing(1),
    margin: theme.spacing(1, 0),
  },
  managers: { marginTop: theme.spacing(3) },
}));

/** A manifest to read, copy and save, and who writes which of its fields. */
export function ManifestViewer(props: {
  object: YamlObject;
  manifest: Manifest;
  onEdit: () => void;
}) {
  const classes = useStyles();
  const { t } = useAmambaTranslation();
  const { application } = useApplication();
  const may = useMayOn(application, 'amamba.application.update');
  const { object, manifest } = props;
  const { yaml, managers } = manifest;
  return (
    <>
      <div className={classes.acts}>
        <ActionButton
          size="small"
          refused={may.reason ?? secretRefusal()}
          onClick={props.onEdit}
        >
          {t('applications.yaml.edit')}
        </ActionButton>
        <CopyButton text={yaml} label={t('applications.yaml.copy')} />
        <ActionButton
          size="small"
          variant="text"
          onClick={() => {
            download(async () => new Response(yaml), {
              name: `${object.id.replace('/', '-')}.yaml`,
            });
          }}
        >
          {t('applications.yaml.download')}
        </ActionButton>
      </div>
      <YamlEditor
        label={t('applications.yaml.manifestOf', { object: object.id })}
        value={yaml}
      />
      {managers.length > 0 && <Managers managers={managers} />}
    </>
  );

  function secretRefusal(): string | undefined {
    return object.id.startsWith('Secret/')
      ? t('applications.yaml.secret')
      : undefined;
  }
}

function Managers(props: { managers: Manifest['managers'] }) {
  const classes = useStyles();
  const { t } = useAmambaTranslation();
  const columns: Column<Manifest['managers'][number]>[] = [
    {
      id: 'manager',
      label: t('applications.yaml.manager'),
      header: true,
      wide: true,
      cell: ({ manager }) => manager,
    },
    {
      id: 'operation',
      label: t('applications.yaml.operation'),
      cell: ({ operation }) => operation,
    },
    {
      id: 'fields',
      label: t('applications.yaml.fields'),
      wide: true,
      second: true,
      cell: ({ fields }) =>
        [
          fields.slice(0, MAX_FIELDS).join(', '),
          ...(fields.length > MAX_FIELDS
            ? [t('common.more', { count: fields.length - MAX_FIELDS })]
            : []),
        ].join(' '),
    },
    {
      id: 'at',
      label: t('applications.yaml.at'),
      second: true,
      cell: ({ at }) => at && <Ago time={at} />,
    },
  ];
  return (
    <section className={classes.managers}>
      <Typography variant="h6" component="h3">
        {t('applications.yaml.managers')}
      </Typography>
      <DataTable
        id="manifestManagers"
        label={t('applications.yaml.managers')}
        identity="managers"
        columns={columns}
        rows={props.managers}
        keyOf={({ manager, operation, at }) => `${manager} ${operation} ${at}`}
      />
    </section>
  );
}
