import Chip from '@material-ui/core/Chip';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import { useState } from 'react';
import { Link } from '@backstage/core-components';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import {
  quotaAmounts,
  quotaBars,
  type ClusterBinding,
  type ClusterBindingList,
} from '@amamba/backstage-plugin-amamba-common';
import { ActionButton } from '../../../components/Action';
import { ClusterSetup, NoCluster } from '../../../components/ClusterSetup';
import { PageHeader, Section } from '../../../components/Page';
import { QuotaBars } from '../../../components/Quota';
import { EmptyState, IconLine, LiveView } from '../../../components/States';
import { StatusIcon } from '../../../components/Status';
import { Ago } from '../../../components/Time';
import { WorkspaceSwitcher } from '../../../components/WorkspaceSwitcher';
import { useAmambaRoutes } from '../../../hooks/useAmambaRoutes';
import { useWorkspace } from '../../../hooks/useWorkspace';
import { useAmambaTranslation } from '../../../translation';
import { Giver } from '../Giver';
import { RoomTabs } from '../RoomTabs';
import { UnbindDialog } from './UnbindDialog';
import { mayManage, useBindings } from './useBindings';

const useStyles = makeStyles(theme => ({
  acts: {
    display: 'flex',
    flexWrap: 'wrap',
    gap: theme.spacing(1),
    marginTop: theme.spacing(2),
  },
  line: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: theme.spacing(0.5, 1.5),
    minHeight: 40,
    // beside text
    '& .MuiChip-root': { margin: 0 },
  },
  list: { listStyle: 'none', padding: 0, margin: 0 },
}));

/** The clusters that the workspace may use, and for platform admins those that it could. */
export function ClustersPage() {
  const { t } = useAmambaTranslation();
  const { name } = useWorkspace();
  const live = useBindings();
  return (
    <>
      <PageHeader
        title={t('namespaces.clusters.title')}
        before={<WorkspaceSwitcher room="namespaces" current={name} />}
        live={live}
      />
      <RoomTabs />
      <ClusterSetup setup={live.data?.setup} onCheck={live.retry} />
      <LiveView live={live} failed={t('namespaces.clusters.failed')}>
        {found => (
          <>
            {found.items.map(binding => (
              <Bound
                key={binding.cluster}
                binding={binding}
                manages={mayManage(found)}
                onChanged={live.retry}
              />
            ))}
            <Nothing found={found} onCheck={live.retry} />
            {found.available.length > 0 && (
              <Available clusters={found.available} />
            )}
            {!mayManage(found) && <Managers refs={found.managers} />}
          </>
        )}
      </LiveView>
    </>
  );
}

/** Said when no cluster is bound. */
function Nothing(props: { found: ClusterBindingList; onCheck: () => void }) {
  const { t } = useAmambaTranslation();
  const { title } = useWorkspace();
  const { found } = props;
  if (found.items.length > 0) return null;
  return mayManage(found) && found.available.length === 0 ? (
    <NoCluster setup={found.setup} onCheck={props.onCheck} />
  ) : (
    <EmptyState title={t('namespaces.clusters.none', { workspace: title })}>
      {t('namespaces.clusters.noneHint')}
    </EmptyState>
  );
}

function Bound(props: {
  binding: ClusterBinding;
  manages: boolean;
  onChanged: () => void;
}) {
  const classes = useStyles();
  const { t } = useAmambaTranslation();
  const { workbench } = useAmambaRoutes();
  const { name: workspace } = useWorkspace();
  const [unbinding, setUnbinding] = useState(false);
  const { binding, manages } = props;
  const { cluster, title, mode, quota, allocated, namespaces } = binding;
  const refused = manages ? undefined : t('namespaces.clusters.manageOnly');
  const bars = quotaBars(quotaAmounts(allocated), quotaAmounts(quota));
  return (
    <Section title={title}>
      <div className={classes.line}>
        <Chip
          size="small"
          variant="outlined"
          label={t(`namespaces.clusters.modes.${mode}`)}
        />
        <Link
          to={`${workbench.namespaces(workspace)}?${new URLSearchParams({ cluster })}`}
        >
          {t('namespaces.clusters.namespaces', { count: namespaces })}
        </Link>
        <span>
          {t('namespaces.clusters.boundBy')} <Giver who={binding.boundBy} />,{' '}
          <Ago time={binding.boundAt} />
        </span>
      </div>
      {binding.problem && (
        <IconLine icon={<StatusIcon status="unstable" />}>
          {binding.problem}
        </IconLine>
      )}
      {bars.length > 0 ? (
        <QuotaBars uses={bars} />
      ) : (
        <Typography variant="body2">
          {t('namespaces.clusters.noQuota')}
        </Typography>
      )}
      <div className={classes.acts}>
        <ActionButton
          size="small"
          refused={refused}
          label={t('namespaces.clusters.changeOf', { cluster: title })}
          to={workbench.cluster(workspace, cluster)}
        >
          {t('namespaces.clusters.change')}
        </ActionButton>
        <ActionButton
          size="small"
          refused={refused}
          label={t('namespaces.adopt.actOf', { cluster: title })}
          to={workbench.cluster(workspace, cluster, 'adopt')}
        >
          {t('namespaces.adopt.act')}
        </ActionButton>
        <ActionButton
          size="small"
          refused={
            refused ??
            (namespaces > 0
              ? t('namespaces.clusters.inUse', { count: namespaces })
              : undefined)
          }
          label={t('namespaces.clusters.unbindOf', { cluster: title })}
          onClick={() => setUnbinding(true)}
        >
          {t('namespaces.clusters.unbind')}
        </ActionButton>
      </div>
      {unbinding && (
        <UnbindDialog
          binding={binding}
          onClose={() => setUnbinding(false)}
          onDone={props.onChanged}
        />
      )}
    </Section>
  );
}

function Available(props: { clusters: ClusterBindingList['available'] }) {
  const classes = useStyles();
  const { t } = useAmambaTranslation();
  const { workbench } = useAmambaRoutes();
  const { name: workspace } = useWorkspace();
  return (
    <Section
      title={t('namespaces.clusters.available')}
      help={t('namespaces.clusters.availableHelp')}
    >
      <ul className={classes.list}>
        {props.clusters.map(({ cluster, title, problem }) => (
          <li key={cluster} className={classes.line}>
            <strong>{title}</strong>
            <ActionButton
              size="small"
              refused={problem}
              label={t('namespaces.clusters.bindOf', { cluster: title })}
              to={workbench.cluster(workspace, cluster)}
            >
              {t('namespaces.clusters.bind')}
            </ActionButton>
            {problem && (
              <Typography variant="body2" color="textSecondary">
                {problem}
              </Typography>
            )}
          </li>
        ))}
      </ul>
    </Section>
  );
}

/** Who can give the workspace a cluster. */
function Managers(props: { refs: readonly string[] }) {
  const classes = useStyles();
  const { t } = useAmambaTranslation();
  return (
    <Section
      title={t('namespaces.clusters.who')}
      help={t('namespaces.clusters.manageOnly')}
    >
      <ul className={classes.list}>
        {props.refs.map(ref => (
          <li key={ref} className={classes.line}>
            <EntityRefLink entityRef={ref} />
          </li>
        ))}
      </ul>
    </Section>
  );
}
