import type {
  ChartDetail,
  ChartPage,
  ChartQuery,
  ChartSummary,
  Warning,
} from '@amamba/backstage-plugin-amamba-common';
import { pageInMemory } from '../../database';
import type { WorkspaceRecord } from '../../workspaces';
import {
  newestOf,
  type ChartShelf,
  type FetchedChart,
} from '../charts/ChartShelf';
import type { ChartEntry, ChartVersion } from '../charts/types';
import type { RepositoriesService } from './RepositoriesService';

const README_LENGTH = 500_000;

function summaryOf(
  repository: string,
  { name }: ChartEntry,
  version: ChartVersion,
): ChartSummary {
  return {
    ...{ repository, name, version: version.version },
    appVersion: version.appVersion,
    description: version.description,
    deprecated: version.deprecated,
    keywords: [...version.keywords],
  };
}

/** What is wrong with a repository, beside the others' rows. */
const warningOf = (name: string, message: string): Warning => ({
  source: `repository:${name}`,
  message,
});

/** A page of the charts of a workspace's repositories. One that fails is a warning beside the others' rows. */
export async function listCharts(
  {
    repositories,
    shelf,
  }: { repositories: RepositoriesService; shelf: ChartShelf },
  workspace: WorkspaceRecord,
  query: ChartQuery,
): Promise<ChartPage> {
  const { after, before, limit, ...filter } = query;
  const all = await repositories.readable(workspace);
  const wanted = all.repositories.filter(
    ({ name }) => !query.repository || query.repository === name,
  );
  const listings = await Promise.all(
    wanted.map(repository => shelf.listing(repository)),
  );
  const q = query.q?.toLocaleLowerCase('en-US') ?? '';
  const rows = listings
    .flatMap(({ charts }, i) =>
      charts.map(entry => summaryOf(wanted[i].name, entry, newestOf(entry))),
    )
    .filter(({ name, description = '', keywords }) =>
      [name, description, ...keywords].some(text =>
        text.toLocaleLowerCase('en-US').includes(q),
      ),
    );
  const warnings: Warning[] = [
    ...all.problems.map(({ name, problem }) => warningOf(name, problem)),
    ...listings.flatMap(({ problem, at }, i) =>
      problem
        ? [{ ...warningOf(wanted[i].name, problem), since: at?.toISOString() }]
        : [],
    ),
  ];
  const page = pageInMemory(rows, {
    key: ({ name, repository }) => [name, repository],
    descending: false,
    filter,
    ...{ after, before, limit },
  });
  return { ...page, warnings };
}

const textOf = (value: unknown) =>
  typeof value === 'string' && value !== '' ? value : undefined;

/** A chart as its page shows it. */
export function chartDetail(
  repository: string,
  { entry, version, chart }: FetchedChart,
): ChartDetail {
  const { metadata, values, schema, readme } = chart;
  const { sources, keywords } = metadata;
  const texts = (list: unknown) =>
    Array.isArray(list) ? list.flatMap(item => textOf(item) ?? []) : [];
  return {
    ...summaryOf(repository, entry, version),
    appVersion: version.appVersion ?? textOf(metadata.appVersion),
    description: version.description ?? textOf(metadata.description),
    deprecated: metadata.deprecated === true || version.deprecated,
    keywords: texts(keywords).slice(0, 20),
    versions: entry.versions.map(each => ({
      version: each.version,
      appVersion: each.appVersion,
      createdAt: each.created,
    })),
    readme: readme?.slice(0, README_LENGTH),
    defaultValues: values,
    schema: schema && { ...schema },
    home: textOf(metadata.home),
    sources: texts(sources).slice(0, 20),
    kubeVersion: textOf(metadata.kubeVersion),
  };
}
