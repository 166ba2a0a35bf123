import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import type { ClusterSetup as Setup } from '@amamba/backstage-plugin-amamba-common';
import { useAmambaTranslation } from '../../translation';
import { CopyButton } from '../Action';
import { EmptyState } from '../States';

const SNIPPET = `kubernetes:
  serviceLocatorMethod: { type: multiTenant }
  clusterLocatorMethods:
    - type: config
      clusters:
        - name: production
          url: https://kubernetes.example.com
          authProvider: serviceAccount
          serviceAccountToken: \${PRODUCTION_TOKEN}
          caData: \${PRODUCTION_CA}
`;

const useStyles = makeStyles({
  snippet: { textAlign: 'start', overflowX: 'auto' },
});

/**
 * The portal has no cluster: what one gives, and how to connect it.
 * @param props.setup - says why this machine has none of its own, where that is known
 * @param props.onCheck - asks again
 */
export function NoCluster(props: { setup?: Setup; onCheck: () => void }) {
  const classes = useStyles();
  const { t } = useAmambaTranslation();
  return (
    <EmptyState
      title={t('clusters.none')}
      act={
        <>
          <CopyButton text={SNIPPET} label={t('workspaces.copySnippet')} />
          <Button size="small" onClick={props.onCheck}>
            {t('workspaces.checkAgain')}
          </Button>
        </>
      }
    >
      {t('clusters.noneHelp')} {props.setup?.problem}
      {/* a scrolled area has to be reachable by keys */}
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <pre className={classes.snippet} tabIndex={0}>
        {SNIPPET}
      </pre>
    </EmptyState>
  );
}
