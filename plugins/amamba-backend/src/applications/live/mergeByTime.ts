import { compareTimes, type LogLine } from '../../clusters';

/** Lines are handed on in groups of so many. */
const GROUP = 500;

/** Something that gives lines in their order, group by group, and `undefined` when there are no more for now. */
export type LineGroups<S> = {
  readonly source: S;
  next(): Promise<readonly LogLine[] | undefined>;
};

/**
 * Lines of several sources in the order of time; lines of one source keep theirs. Holds one group of each source.
 */
export async function* mergeByTime<S>(
  sources: readonly LineGroups<S>[],
): AsyncGenerator<{ source: S; line: LogLine }[]> {
  const heads = await Promise.all(
    sources.map(async groups => ({
      groups,
      lines: (await groups.next()) ?? [],
      at: 0,
    })),
  );
  let open = heads.filter(({ lines }) => lines.length > 0);
  let group: { source: S; line: LogLine }[] = [];
  while (open.length > 0) {
    let first = open[0];
    for (const head of open) {
      if (
        compareTimes(head.lines[head.at].time, first.lines[first.at].time) < 0
      )
        first = head;
    }
    group.push({
      source: first.groups.source,
      line: first.lines[first.at],
    });
    first.at++;
    if (first.at >= first.lines.length) {
      first.lines = (await first.groups.next()) ?? [];
      first.at = 0;
      if (first.lines.length === 0) open = open.filter(head => head !== first);
    }
    if (group.length >= GROUP) {
      yield group;
      group = [];
    }
  }
  if (group.length > 0) yield group;
}
