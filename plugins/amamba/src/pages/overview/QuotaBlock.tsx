import { Link } from '@backstage/core-components';
import { isNamespaceChange } from '@amamba/backstage-plugin-amamba-common';
import { useAmambaApi } from '../../api';
import { isTight, quotaLabel, useQuotaText } from '../../components/Quota';
import { StatusIcon } from '../../components/Status';
import { useAmambaRoutes } from '../../hooks/useAmambaRoutes';
import { useLive } from '../../hooks/useLive';
import { useAmambaTranslation } from '../../translation';
import { Block, useBlockStyles } from './Block';

const ROWS = 5;

/** Namespaces whose quota is nearly used up, the fullest first; nothing where there are none. */
export function QuotaBlock(props: { workspace: string }) {
  const classes = useBlockStyles();
  const { t } = useAmambaTranslation();
  const api = useAmambaApi();
  const { workbench } = useAmambaRoutes();
  const text = useQuotaText();
  const { workspace } = props;
  const { data } = useLive(
    signal =>
      api.call(
        'listNamespaces',
        {
          params: { workspace },
          query: { over: 'true', sort: '-used', limit: ROWS },
        },
        { signal },
      ),
    {
      key: workspace,
      identity: workspace,
      matches: change => isNamespaceChange(change, workspace),
    },
  );
  // what could not be loaded is said where namespaces are; the overview is of use without
  if (!data || data.items.length === 0) return null;
  return (
    <Block
      title={t('namespaces.quota.title')}
      count={data.total}
      shown={data.items.length}
      empty=""
    >
      {data.items.map(({ cluster, name, quota }) => (
        <li key={`${cluster}/${name}`} className={classes.row}>
          <StatusIcon status="unstable" label={t('namespaces.quota.tight')} />
          <Link to={workbench.namespace(workspace, cluster, name)}>{name}</Link>
          <span className={classes.grow}>
            {quota
              .filter(isTight)
              .map(use => `${quotaLabel(t, use.key)} ${text(use)}`)
              .join(' · ')}
          </span>
          <span className={classes.end}>{cluster}</span>
        </li>
      ))}
    </Block>
  );
}
