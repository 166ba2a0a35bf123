import {
  HEALTH_STATUSES,
  type ApplicationPage,
  type ApplicationQuery,
  type HealthStatus,
} from '@amamba/backstage-plugin-amamba-common';
import { pageInMemory, type CursorKey } from '../database';
import type { OwnedNamespace } from '../namespaces';
import type { ApplicationEntry } from './read/ApplicationEntry';
import type { NamespaceView } from './read/ApplicationIndex';

/** An application where it stands. */
export interface PlacedEntry {
  namespace: OwnedNamespace;
  view: NamespaceView;
  entry: ApplicationEntry;
}

function idOf({ namespace, entry }: PlacedEntry): string {
  return [entry.name, namespace.cluster, namespace.name, entry.kind].join(
    '\u0000',
  );
}

function keyOf(placed: PlacedEntry, sort: ApplicationQuery['sort']): CursorKey {
  const { entry } = placed;
  switch (sort) {
    case 'health':
    case '-health':
      return [HEALTH_STATUSES.indexOf(entry.health.status), idOf(placed)];
    case 'created':
    case '-created':
      return [entry.createdAt, idOf(placed)];
    default:
      return [idOf(placed)];
  }
}

function matches(
  { namespace, entry }: PlacedEntry,
  query: ApplicationQuery,
): boolean {
  const q = query.q?.toLocaleLowerCase('en-US') ?? '';
  const texts = [entry.name, entry.title, namespace.name, ...entry.images];
  return (
    (q === '' ||
      texts.some(text => text.toLocaleLowerCase('en-US').includes(q))) &&
    (!query.kind || query.kind.includes(entry.kind)) &&
    (!query.cluster || query.cluster === namespace.cluster) &&
    (!query.ns || query.ns === namespace.name)
  );
}

/** One page of what fits, and how much of it is how well. */
export function pageOf(rows: readonly PlacedEntry[], query: ApplicationQuery) {
  const { after, before, limit, ...filter } = query;
  const fitting = rows.filter(row => matches(row, query));
  const counts: ApplicationPage['counts'] = {};
  for (const { entry } of fitting) {
    counts[entry.health.status] = (counts[entry.health.status] ?? 0) + 1;
  }
  const isWanted = (status: HealthStatus) =>
    !query.health || query.health.includes(status);
  return {
    counts,
    page: pageInMemory(
      fitting.filter(({ entry }) => isWanted(entry.health.status)),
      {
        key: row => keyOf(row, query.sort),
        descending: query.sort.startsWith('-'),
        filter,
        ...{ after, before, limit },
      },
    ),
  };
}
