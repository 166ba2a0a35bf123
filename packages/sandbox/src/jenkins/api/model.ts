import { Bean, DepthPruner, exportValue } from '../beans/export';
import { parseTree } from '../beans/tree';
import type { BeanContext } from '../beans/jobBeans';
import type { Exchange } from '../http/exchange';
import { HttpError, json, Reply } from '../http/reply';
import { PERMISSION } from '../http/users';

/** The bean context of a caller. */
export function contextOf(exchange: Exchange): BeanContext {
  const mayRead = exchange.caller.can(PERMISSION.read);
  return exchange.jenkins.beanContext(() => mayRead);
}

/**
 * Answers `api/json` for a bean: `tree=`, `depth=`, `pretty=`. JSONP is refused as by a Jenkins without the
 * insecure-API plugin.
 */
export function apiJson(exchange: Exchange, bean: Bean): Reply {
  if (exchange.parameter('jsonp') !== undefined) {
    throw new HttpError(
      403,
      'jsonp forbidden; implement jenkins.security.SecureRequester',
    );
  }
  const tree = exchange.parameter('tree');
  const depth = Number.parseInt(exchange.parameter('depth') ?? '0', 10);
  const pruner =
    tree === undefined
      ? DepthPruner.of(Number.isNaN(depth) ? 0 : depth)
      : parseTree(tree);
  const pretty = exchange.parameter('pretty') === 'true';
  return json(exportValue(bean, pruner), 200, pretty);
}
