import type { EventRow } from '@amamba/backstage-plugin-amamba-common';
import { ActionButton } from '../../../../components/Action';
import { DataTable, type Column } from '../../../../components/DataTable';
import { ListFilters } from '../../../../components/List';
import { EmptyState, LiveView } from '../../../../components/States';
import { IconLine } from '../../../../components/States';
import { StatusIcon } from '../../../../components/Status';
import { Ago } from '../../../../components/Time';
import { useUrlState } from '../../../../hooks/useUrlState';
import { useAmambaTranslation } from '../../../../translation';
import { ObjectButton } from '../panel/ObjectButton';
import { ObjectPanel } from '../panel/ObjectPanel';
import { usePanel } from '../panel/usePanel';
import { useEvents } from './useEvents';

const TYPES = ['Warning', 'Normal'] as const;

/** What happened to the objects of the application, the newest first. */
export default function EventsTab() {
  const { t } = useAmambaTranslation();
  const url = useUrlState();
  const panel = usePanel();
  const live = useEvents();
  const q = (url.get('q') ?? '').toLocaleLowerCase();
  const type = TYPES.find(known => known === url.get('type'));
  const clear = () => url.set({ q: undefined, type: undefined });
  const fits = (event: EventRow) =>
    (!type || event.type === type) &&
    [event.object, event.reason, event.message].some(text =>
      text.toLocaleLowerCase().includes(q),
    );
  return (
    <>
      <ListFilters
        list={{ url, filter: values => url.set(values), clear }}
        fields={[
          { name: 'q', type: 'search', label: t('applications.events.search') },
          {
            name: 'type',
            type: 'choice',
            label: t('applications.events.type'),
            options: TYPES.map(value => ({
              value,
              label: t(`applications.events.types.${value}`),
            })),
          },
        ]}
      />
      <LiveView live={live} failed={t('applications.events.failed')}>
        {({ items }) => {
          const rows = items.filter(fits);
          if (items.length === 0) {
            return (
              <EmptyState title={t('applications.events.none')}>
                {t('applications.events.hint')}
              </EmptyState>
            );
          }
          return rows.length === 0 ? (
            <EmptyState
              title={t('common.noMatch')}
              act={
                <ActionButton onClick={clear}>
                  {t('common.clearFilters')}
                </ActionButton>
              }
            />
          ) : (
            <EventTable rows={rows} filters={`${type} ${q}`} />
          );
        }}
      </LiveView>
      {panel.object && (
        <ObjectPanel object={panel.object} onClose={panel.close} />
      )}
    </>
  );
}

function EventTable(props: { rows: readonly EventRow[]; filters: string }) {
  const { t } = useAmambaTranslation();
  const columns: Column<EventRow>[] = [
    {
      id: 'reason',
      label: t('applications.events.reason'),
      header: true,
      cell: ({ type, reason }) => (
        <IconLine
          icon={
            <StatusIcon
              status={type === 'Warning' ? 'unstable' : 'ok'}
              label={t(`applications.events.types.${type}`)}
              size={18}
            />
          }
        >
          {reason}
        </IconLine>
      ),
    },
    {
      id: 'object',
      label: t('applications.events.object'),
      wide: true,
      cell: ({ object }) => <ObjectButton object={object} />,
    },
    {
      id: 'message',
      label: t('applications.events.message'),
      wide: true,
      second: true,
      cell: ({ message }) => message,
    },
    {
      id: 'count',
      label: t('applications.events.count'),
      optional: true,
      second: true,
      cell: ({ count }) => t('applications.events.times', { count }),
    },
    {
      id: 'last',
      label: t('applications.events.last'),
      second: true,
      cell: ({ lastAt }) => <Ago time={lastAt} />,
    },
    {
      id: 'source',
      label: t('applications.events.source'),
      optional: true,
      second: true,
      cell: ({ source }) => source,
    },
  ];
  return (
    <DataTable
      id="applicationEvents"
      label={t('applications.tabs.events')}
      identity={props.filters}
      columns={columns}
      rows={props.rows}
      keyOf={({ object, reason, message, firstAt }) =>
        [object, reason, message, firstAt].join(' ')
      }
    />
  );
}
