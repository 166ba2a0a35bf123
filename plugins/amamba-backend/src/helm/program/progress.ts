const FIELD = /(\w+)=("(?:[^"\\]|\\.)*"|\S+)/g;
const MAX_DETAIL = 200;

function fieldsOf(line: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    [...line.matchAll(FIELD)].map(([, key, value]) => [
      key,
      value.startsWith('"') ? unquoted(value) : value,
    ]),
  );
}

function unquoted(text: string): string {
  try {
    return String(JSON.parse(text));
  } catch {
    return text.slice(1, -1);
  }
}

/** Words for hooks by `Kind/name`: `pre-install, pre-upgrade`. */
export type Hooks = ReadonlyMap<string, string>;

/**
 * What a line of `helm --debug` says that a person wants to know; undefined for all others.
 * @param hooks - objects that are hooks, not parts of the release
 */
export function stepIn(line: string, hooks: Hooks): string | undefined {
  if (!line.startsWith('level=')) return undefined;
  const fields = fieldsOf(line.slice(0, MAX_DETAIL * 20));
  const { msg = '', name = '', kind = '' } = fields;
  const title = (of: string) => {
    const events = hooks.get(`${of}/${name}`);
    return events ? `${of} ${name} (hook ${events})` : `${of} ${name}`;
  };
  const created = /Kind=(\w+)/.exec(fields.gvk ?? '')?.[1] ?? '';
  switch (msg) {
    case 'Created resource via patch':
    case 'Created a new resource':
      return `Create ${title(created)}`;
    case 'Patched resource':
    case 'Replaced resource':
      return `Apply ${title(created)}`;
    case 'starting delete resource':
      return `Delete ${title(kind)}`;
    case 'waiting for resource':
      return fields.actualStatus === 'InProgress'
        ? `Wait for ${title(kind)}`
        : undefined;
    case 'waiting for resources to be deleted':
      return fields.count === '0' ? undefined : 'Wait until it is gone';
    case 'upgrade failed':
    case 'install failed':
      return 'Undo what was begun';
    default:
      return undefined;
  }
}
