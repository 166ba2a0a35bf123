import Drawer from '@material-ui/core/Drawer';
import IconButton from '@material-ui/core/IconButton';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import Close from '@material-ui/icons/Close';
import type {
  ApplicationResource,
  HealthAnswer,
} from '@amamba/backstage-plugin-amamba-common';
import { useId } from 'react';
import { ActionButton, MenuButton } from '../../../../components/Action';
import { HealthStatus, useHealthWords } from '../../../../components/Health';
import { FactList, type Fact } from '../../../../components/Page';
import { Ago } from '../../../../components/Time';
import { useAmambaRoutes } from '../../../../hooks/useAmambaRoutes';
import { useAmambaTranslation } from '../../../../translation';
import { useWorkloadActs } from '../../acts/useWorkloadActs';
import { useApplication } from '../applicationScope';
import { ObjectEvents } from './ObjectEvents';
import { PodDetails } from './PodDetails';

const useStyles = makeStyles(theme => ({
  paper: {
    width: 'min(34rem, 100vw)',
    padding: theme.spacing(2),
    [theme.breakpoints.down('sm')]: { width: '100vw' },
  },
  head: {
    display: 'flex',
    alignItems: 'flex-start',
    gap: theme.spacing(1),
    overflowWrap: 'anywhere',
    '& > :first-child': { flex: 1, minWidth: 0 },
  },
  acts: {
    display: 'flex',
    flexWrap: 'wrap',
    gap: theme.spacing(1),
    margin: theme.spacing(1, 0),
  },
}));

/** What else is known of an object that is neither a resource of the application nor a pod. */
export interface OtherObject {
  kind: string;
  name: string;
  health: HealthAnswer;
  facts: readonly string[];
}

/**
 * All about one object of the application, beside the page.
 * @param props.object - `Pod/shop-1`
 * @param props.others - objects that the application does not list as its own
 */
export function ObjectPanel(props: {
  object: string;
  others?: readonly OtherObject[];
  onClose: () => void;
}) {
  const classes = useStyles();
  const { t } = useAmambaTranslation();
  const id = useId();
  const { object, others = [], onClose } = props;
  return (
    <Drawer
      open
      anchor="right"
      onClose={onClose}
      PaperProps={{
        role: 'dialog',
        'aria-modal': true,
        'aria-labelledby': id,
        className: classes.paper,
      }}
    >
      <div className={classes.head}>
        <Typography variant="h6" component="h3" id={id}>
          {object}
        </Typography>
        <IconButton
          size="small"
          aria-label={t('common.close')}
          onClick={onClose}
        >
          <Close />
        </IconButton>
      </div>
      <Content object={object} others={others} />
    </Drawer>
  );
}

function Content(props: { object: string; others: readonly OtherObject[] }) {
  const { t } = useAmambaTranslation();
  const { application } = useApplication();
  const { object, others } = props;
  const is = ({ kind, name }: { kind: string; name: string }) =>
    `${kind}/${name}` === object;
  const resource = application.resources.find(is);
  const pod = application.pods.find(({ name }) => is({ kind: 'Pod', name }));
  const other = others.find(is);
  const health = resource?.health ?? pod?.health ?? other?.health;
  if (!health) {
    return <Typography>{t('applications.panel.gone')}</Typography>;
  }
  return (
    <>
      <Why health={health} />
      {resource && <ResourceDetails resource={resource} />}
      {pod && <PodDetails pod={pod} />}
      {!resource &&
        !pod &&
        other?.facts.map(fact => <Typography key={fact}>{fact}</Typography>)}
      <ObjectEvents object={object} />
    </>
  );
}

function Why(props: { health: HealthAnswer }) {
  const { remedy } = useHealthWords()(props.health);
  return (
    <>
      <HealthStatus health={props.health} />
      {remedy && <Typography variant="body2">{remedy}</Typography>}
    </>
  );
}

function ResourceDetails(props: { resource: ApplicationResource }) {
  const { t } = useAmambaTranslation();
  const classes = useStyles();
  const { here } = useAmambaRoutes();
  const { address } = useApplication();
  const { resource } = props;
  const { entries, dialog } = useWorkloadActs(resource);
  const object = `${resource.kind}/${resource.name}`;
  const facts: Fact[] = [
    [t('applications.panel.apiVersion'), resource.apiVersion],
    ...(resource.desired === undefined
      ? []
      : [
          [
            t('applications.columns.ready'),
            t('applications.ready', {
              ready: String(resource.ready ?? 0),
              desired: String(resource.desired),
            }),
          ] as const,
        ]),
    ...(resource.containers ?? []).map(
      ({ name, image }) => [name, image] as const,
    ),
    ...(resource.facts.length > 0
      ? [[t('applications.columns.facts'), resource.facts.join(' · ')] as const]
      : []),
    ...(resource.createdAt
      ? [
          [
            t('applications.columns.created'),
            <Ago key="created" time={resource.createdAt} />,
          ] as const,
        ]
      : []),
  ];
  return (
    <>
      <div className={classes.acts}>
        <ActionButton
          size="small"
          to={here.application(address, 'yaml', { node: object })}
        >
          {t('applications.tabs.yaml')}
        </ActionButton>
        {entries.length > 0 && (
          <MenuButton
            label={t('applications.more', { application: object })}
            entries={entries}
          />
        )}
      </div>
      <FactList facts={facts} />
      {dialog}
    </>
  );
}
