import { agentTaskBean, queueItemBean } from '../beans/queueBeans';
import { ALWAYS, Bean } from '../beans/export';
import type { Exchange } from '../http/exchange';
import { HttpError, noContent, page, redirect } from '../http/reply';
import type { Route } from '../http/routes';
import { PERMISSION } from '../http/users';
import type { Folder } from '../model/Item';
import { apiJson, contextOf } from './model';

function itemBeanOf(exchange: Exchange, idText: string): Bean | undefined {
  const { jenkins, caller } = exchange;
  if (!caller.can(PERMISSION.read)) return undefined;
  const id = Number(idText);
  const context = contextOf(exchange);
  const item = jenkins.queue.get(id);
  if (item) return queueItemBean(item, context);
  const task = jenkins.agents.waiting.find(({ queueId }) => queueId === id);
  return task && agentTaskBean(task, context);
}

function notFound(id: string): HttpError {
  return new HttpError(404, `No queue item ${id}`);
}

function cancel(exchange: Exchange, idText: string): void {
  exchange.require(PERMISSION.cancel);
  const id = Number(idText);
  if (exchange.jenkins.queue.cancel(id)) return;
  const known = itemBeanOf(exchange, idText);
  throw known
    ? new HttpError(422, `Item ${id} cannot be cancelled any more`)
    : notFound(idText);
}

export const queueRoutes: Route<Folder>[] = [
  {
    method: 'ANY',
    path: 'queue/api/json',
    handle(_root, exchange) {
      const { jenkins, caller } = exchange;
      const context = contextOf(exchange);
      const items = caller.can(PERMISSION.read)
        ? [
            ...jenkins.queue.items.map(item => queueItemBean(item, context)),
            ...jenkins.agents.waiting.map(task => agentTaskBean(task, context)),
          ]
        : [];
      return apiJson(
        exchange,
        new Bean('hudson.model.Queue', {
          discoverableItems: [1, () => []],
          items: [ALWAYS, () => items, 'inline'],
        }),
      );
    },
  },
  {
    method: 'ANY',
    path: 'queue/item/:id/api/json',
    handle(_root, exchange, { id }) {
      const bean = itemBeanOf(exchange, id);
      if (!bean) throw notFound(id);
      return apiJson(exchange, bean);
    },
  },
  {
    method: 'GET',
    path: 'queue/item/:id',
    handle(_root, exchange, { id }) {
      if (!itemBeanOf(exchange, id)) throw notFound(id);
      return page(200, `Queue item ${id}`);
    },
  },
  {
    method: 'POST',
    path: 'queue/cancelItem',
    handle(_root, exchange) {
      cancel(exchange, exchange.parameter('id') ?? '');
      return noContent();
    },
  },
  {
    method: 'POST',
    path: 'queue/item/:id/cancelQueue',
    handle(_root, exchange, { id }) {
      cancel(exchange, id);
      return redirect(`${exchange.jenkins.rootUrl}queue/`);
    },
  },
];
