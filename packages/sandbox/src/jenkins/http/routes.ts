import { Exchange } from './exchange';
import { HttpError, Reply } from './reply';
import type { Permission } from './users';

/** Values of the `:name` parts of a path, decoded; `*` holds the rest of it. */
export type PathValues = Record<string, string>;

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';

/** One address below an object (the root, a folder, a job, a run). */
export interface Route<Context> {
  /** ANY: Jenkins does not look at the method here */
  method: Method | 'ANY';
  /** segments joined by `/`; `:name` is one segment, a last `*` any number of them */
  path: string;
  /** checked before the handler runs */
  permission?: Permission;
  handle(
    context: Context,
    exchange: Exchange,
    values: PathValues,
  ): Reply | Promise<Reply>;
}

function match(pattern: string[], segments: string[]): PathValues | undefined {
  const values: PathValues = {};
  for (let i = 0; i < pattern.length; i++) {
    const part = pattern[i];
    if (part === '*') {
      values['*'] = segments.slice(i).join('/');
      return values;
    }
    if (i >= segments.length) return undefined;
    if (part.startsWith(':')) values[part.slice(1)] = segments[i];
    else if (part !== segments[i]) return undefined;
  }
  return pattern.length === segments.length ? values : undefined;
}

/**
 * Finds and runs the handler for what is left of a path.
 * @returns undefined when nothing has this address
 * @throws HttpError 405 when the address is there for another method
 */
export async function dispatch<Context>(
  routes: Route<Context>[],
  context: Context,
  exchange: Exchange,
  segments: string[],
): Promise<Reply | undefined> {
  const { method = 'GET' } = exchange.request;
  const asked = method === 'HEAD' ? 'GET' : method;
  const other = new Set<string>();
  for (const route of routes) {
    const parts = route.path === '' ? [] : route.path.split('/');
    const values = match(parts, segments);
    if (!values) continue;
    if (route.method !== 'ANY' && route.method !== asked) {
      other.add(route.method);
      continue;
    }
    if (route.permission) exchange.require(route.permission);
    return route.handle(context, exchange, values);
  }
  if (other.size) {
    throw new HttpError(405, `This address wants ${[...other].join(' or ')}`, {
      Allow: [...other].join(', '),
    });
  }
  return undefined;
}
