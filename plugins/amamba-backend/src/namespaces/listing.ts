import type {
  NamespaceQuery,
  NamespaceSummary,
} from '@amamba/backstage-plugin-amamba-common';
import { pageInMemory } from '../database';

/** A quota is tight when this share of it is used. */
const TIGHT = 0.8;

/** The fullest of a namespace's quotas. */
function fullest({ quota }: NamespaceSummary): number {
  return Math.max(0, ...quota.map(({ share }) => share ?? 0));
}

function sortKey(row: NamespaceSummary, sort: NamespaceQuery['sort']) {
  const id = `${row.name}\u0000${row.cluster}`;
  switch (sort) {
    case 'created':
    case '-created':
      return [row.createdAt, id];
    case 'used':
    case '-used':
      return [fullest(row), id];
    default:
      return [id];
  }
}

/** One page of namespaces that fit the query. */
export function pageOf(
  rows: readonly NamespaceSummary[],
  { after, before, limit, ...query }: NamespaceQuery,
) {
  const q = query.q?.toLocaleLowerCase('en-US') ?? '';
  const fitting = rows.filter(
    row =>
      (q === '' || row.name.includes(q) || row.environment === q) &&
      (query.cluster === undefined || row.cluster === query.cluster) &&
      (!query.over || fullest(row) >= TIGHT),
  );
  return pageInMemory(fitting, {
    key: row => sortKey(row, query.sort),
    descending: query.sort.startsWith('-'),
    filter: query,
    ...{ after, before, limit },
  });
}
