import Chip from '@material-ui/core/Chip';
import { makeStyles } from '@material-ui/core/styles';
import {
  HEALTH_STATUSES,
  type ApplicationPage,
} from '@amamba/backstage-plugin-amamba-common';
import { useAmambaApi } from '../../../api';
import { useHealthOptions } from '../../../components/Health';
import { ListFilters } from '../../../components/List';
import {
  healthLook,
  StatusIcon,
  useStatusWord,
} from '../../../components/Status';
import { useLanguage } from '../../../components/Time';
import { useLive } from '../../../hooks/useLive';
import { useWorkspace } from '../../../hooks/useWorkspace';
import { useAmambaTranslation } from '../../../translation';
import { APPLICATION_KINDS, type ApplicationList } from './useApplicationList';

/** Namespaces that the filter offers. */
const MAX_NAMESPACES = 100;

const useStyles = makeStyles(theme => ({
  counts: {
    display: 'flex',
    flexWrap: 'wrap',
    gap: theme.spacing(1),
    padding: 0,
    margin: theme.spacing(0, 0, 1.5),
    listStyle: 'none',
  },
  chip: { margin: 0, fontVariantNumeric: 'tabular-nums' },
}));

/** Where the workspace may have applications, for the filters. */
function usePlaces(): { clusters: string[]; namespaces: string[] } {
  const api = useAmambaApi();
  const { name: workspace } = useWorkspace();
  const { data } = useLive(
    signal =>
      api.call(
        'listNamespaces',
        { params: { workspace }, query: { limit: MAX_NAMESPACES } },
        { signal },
      ),
    { key: workspace, identity: workspace, watch: false },
  );
  const items = data?.items ?? [];
  const distinct = (values: string[]) => [...new Set(values)].sort();
  return {
    clusters: distinct(items.map(({ cluster }) => cluster)),
    namespaces: distinct(items.map(({ name }) => name)),
  };
}

/** Search and filters of the list of applications. */
export function ApplicationFilters(props: { list: ApplicationList }) {
  const { t } = useAmambaTranslation();
  const { list } = props;
  const health = useHealthOptions();
  const { clusters, namespaces } = usePlaces();
  const options = (values: readonly string[], chosen: string | undefined) =>
    [...new Set([...values, ...(chosen ? [chosen] : [])])].map(value => ({
      value,
      label: value,
    }));
  return (
    <>
      <ListFilters
        list={list}
        fields={[
          { name: 'q', type: 'search', label: t('applications.search') },
          {
            name: 'health',
            type: 'choices',
            label: t('applications.columns.health'),
            options: health,
          },
          {
            name: 'kind',
            type: 'choices',
            label: t('applications.columns.kind'),
            options: APPLICATION_KINDS.map(kind => ({
              value: kind,
              label: t(`applications.kinds.${kind}`),
            })),
          },
          {
            name: 'cluster',
            type: 'choice',
            label: t('applications.cluster'),
            options: options(clusters, list.url.get('cluster')),
          },
          {
            name: 'ns',
            type: 'choice',
            label: t('applications.namespace'),
            options: options(namespaces, list.url.get('ns')),
          },
        ]}
      />
      {list.live.data && <Counts page={list.live.data} list={list} />}
    </>
  );
}

/** How much is how well, over all that fits the other filters; each count filters by it. */
function Counts(props: { page: ApplicationPage; list: ApplicationList }) {
  const classes = useStyles();
  const { t } = useAmambaTranslation();
  const word = useStatusWord();
  const number = new Intl.NumberFormat(useLanguage());
  const { counts } = props.page;
  const { url, filter } = props.list;
  const chosen = url.list('health');
  const present = HEALTH_STATUSES.filter(status => counts[status]);
  if (present.length < 2) return null;
  return (
    <ul className={classes.counts} aria-label={t('applications.counts')}>
      {present.map(status => {
        const on = chosen.length === 1 && chosen[0] === status;
        return (
          <li key={status}>
            <Chip
              className={classes.chip}
              size="small"
              variant={on ? 'default' : 'outlined'}
              icon={<StatusIcon status={healthLook(status).status} size={16} />}
              label={`${word(healthLook(status).word)} ${number.format(counts[status] ?? 0)}`}
              aria-pressed={on}
              onClick={() => filter({ health: on ? undefined : status })}
            />
          </li>
        );
      })}
    </ul>
  );
}
