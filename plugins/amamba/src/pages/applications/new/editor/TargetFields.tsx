import type { NamespaceSummary } from '@amamba/backstage-plugin-amamba-common';
import { makeStyles } from '@material-ui/core/styles';
import { useId, type ReactNode } from 'react';
import { useAmambaApi } from '../../../../api';
import { FormField } from '../../../../components/Form';
import { Section } from '../../../../components/Page';
import { EmptyState, LiveView } from '../../../../components/States';
import { useLive } from '../../../../hooks/useLive';
import { useUrlState } from '../../../../hooks/useUrlState';
import { useWorkspace } from '../../../../hooks/useWorkspace';
import { useAmambaTranslation } from '../../../../translation';
import type { Target } from './useServerCheck';

/** Namespaces that are offered; a workspace with more chooses by the address. */
const MAX_NAMESPACES = 200;

const useStyles = makeStyles(theme => ({
  row: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fit, minmax(min(100%, 14rem), 1fr))',
    gap: theme.spacing(0, 2),
  },
}));

/** Where an application goes, as the address says it. */
export interface ChosenTarget {
  target: Target | undefined;
  /** what is known of the namespace: its quota */
  namespace: NamespaceSummary | undefined;
  section: ReactNode;
}

/** Lets the reader choose one of the workspace's namespaces. */
export function useTarget(): ChosenTarget {
  const classes = useStyles();
  const { t } = useAmambaTranslation();
  const api = useAmambaApi();
  const url = useUrlState();
  const id = useId();
  const { name: workspace } = useWorkspace();
  const live = useLive(
    signal =>
      api.call(
        'listNamespaces',
        { params: { workspace }, query: { limit: MAX_NAMESPACES } },
        { signal },
      ),
    {
      key: workspace,
      identity: workspace,
      matches: change => change.type === 'namespace',
    },
  );
  const all = (live.data?.items ?? []).filter(
    ({ state }) => state === 'active',
  );
  const wanted = { cluster: url.get('cluster'), name: url.get('ns') };
  const fitting = all.filter(
    one =>
      (!wanted.cluster || one.cluster === wanted.cluster) &&
      (!wanted.name || one.name === wanted.name),
  );
  // what the address does not say is the first that there is
  const chosen = fitting[0] ?? all[0];
  const clusters = [...new Set(all.map(({ cluster }) => cluster))];
  const select = (
    field: string,
    label: string,
    value: string,
    options: readonly string[],
    choose: (value: string) => void,
  ) => (
    <FormField
      id={`${id}-${field}`}
      select
      SelectProps={{ native: true }}
      label={label}
      value={value}
      problem={undefined}
      onChange={event => choose(event.target.value)}
    >
      {options.map(option => (
        <option key={option} value={option}>
          {option}
        </option>
      ))}
    </FormField>
  );
  const section = (
    <Section title={t('createApplication.target')}>
      <LiveView live={live} failed={t('createApplication.targetFailed')}>
        {() =>
          chosen ? (
            <div className={classes.row}>
              {select(
                'cluster',
                t('applications.cluster'),
                chosen.cluster,
                clusters,
                cluster => url.set({ cluster, ns: undefined }),
              )}
              {select(
                'namespace',
                t('applications.namespace'),
                chosen.name,
                all
                  .filter(one => one.cluster === chosen.cluster)
                  .map(one => one.name),
                ns => url.set({ cluster: chosen.cluster, ns }),
              )}
            </div>
          ) : (
            <EmptyState title={t('createApplication.noNamespace')}>
              {t('createApplication.noNamespaceHelp')}
            </EmptyState>
          )
        }
      </LiveView>
    </Section>
  );
  return {
    target: chosen && { cluster: chosen.cluster, namespace: chosen.name },
    namespace: chosen,
    section,
  };
}
