import { folderBean, itemBean } from '../beans/jobBeans';
import type { Exchange } from '../http/exchange';
import {
  HttpError,
  ok,
  page,
  redirect,
  Reply,
  reply,
  xml,
} from '../http/reply';
import type { Route } from '../http/routes';
import { PERMISSION } from '../http/users';
import { Failure } from '../model/errors';
import type { Folder, Item, Job } from '../model/Item';
import { ItemStore } from '../model/ItemStore';
import { checkGoodName } from '../model/names';
import { escapeXml } from '../xml/editor';
import { apiJson, contextOf } from './model';

const XML_TYPE = /^(application|text)\/xml\b/i;

function itemUrl(exchange: Exchange, item: Item): string {
  return `${exchange.jenkins.rootUrl}${item.url}`;
}

/** `createItem`: from a config.xml, or `mode=copy`. */
function createItem(folder: Folder, exchange: Exchange): Reply {
  const { items } = exchange.jenkins;
  const name = exchange.parameter('name');
  if (name === undefined) {
    throw new Failure("Query parameter 'name' is required");
  }
  if (exchange.parameter('mode') === 'copy') {
    const from = exchange.parameter('from');
    if (!from)
      throw new Failure('You must specify an existing item to copy from');
    const copy = items.copy(folder, name, from);
    return redirect(itemUrl(exchange, copy));
  }
  if (!exchange.contentType) throw new Failure('No Content-Type header set');
  if (!XML_TYPE.test(exchange.contentType)) {
    throw new HttpError(
      501,
      'This stand-in creates items from a config.xml only, not from a form.',
    );
  }
  items.create(folder, name, exchange.body);
  return ok();
}

function checkJobName(folder: Folder, exchange: Exchange): Reply {
  try {
    const name = checkGoodName(exchange.parameter('value'));
    if (folder.child(name)) {
      throw new Failure(`A job already exists with the name ‘${name}’`);
    }
    return reply(200, 'text/html;charset=utf-8', '<div/>');
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    const message = escapeXml(error.message);
    return reply(
      200,
      'text/html;charset=utf-8',
      `<div class=error>${message}</div>`,
    );
  }
}

function rename(item: Item, exchange: Exchange): Reply {
  const name = exchange.parameter('newName');
  if (name === undefined) throw new Failure('No name is specified');
  exchange.jenkins.items.rename(item, name);
  return redirect(itemUrl(exchange, item));
}

function move(item: Item, exchange: Exchange): Reply {
  const to = exchange.parameter('destination') ?? '';
  const destination = exchange.jenkins.items.byFullName(to);
  if (destination?.kind !== 'folder') {
    throw new Failure(`No such folder: ${to}`);
  }
  exchange.jenkins.items.move(item, destination);
  return redirect(itemUrl(exchange, item));
}

async function deleteItem(item: Item, exchange: Exchange): Promise<string> {
  const parent = item.parent ?? exchange.jenkins.items.root;
  await exchange.jenkins.deleteItem(item);
  return itemUrl(exchange, parent);
}

/** What folders and pipelines have in common. */
const itemRoutes: Route<Item>[] = [
  {
    method: 'GET',
    path: '',
    handle: item => page(200, item.displayName),
  },
  {
    method: 'ANY',
    path: 'api/json',
    handle: (item, exchange) =>
      apiJson(exchange, itemBean(item, contextOf(exchange))),
  },
  {
    method: 'GET',
    path: 'config.xml',
    permission: PERMISSION.extendedRead,
    handle: item => xml(ItemStore.configXml(item)),
  },
  {
    method: 'POST',
    path: 'config.xml',
    permission: PERMISSION.configure,
    handle(item, exchange) {
      exchange.jenkins.items.update(item, exchange.body);
      return ok();
    },
  },
  {
    method: 'ANY',
    path: 'config.xml',
    handle() {
      throw new HttpError(400, 'Unexpected request method for config.xml');
    },
  },
  {
    method: 'POST',
    path: 'doDelete',
    permission: PERMISSION.delete,
    handle: async (item, exchange) =>
      redirect(await deleteItem(item, exchange)),
  },
  {
    method: 'DELETE',
    path: '',
    permission: PERMISSION.delete,
    async handle(item, exchange) {
      await deleteItem(item, exchange);
      return { status: 204, headers: {}, body: '' };
    },
  },
  ...['confirmRename', 'doRename'].map((path): Route<Item> => ({
    method: 'POST',
    path,
    permission: PERMISSION.configure,
    handle: rename,
  })),
  {
    method: 'POST',
    path: 'move/move',
    permission: PERMISSION.move,
    handle: move,
  },
  {
    method: 'POST',
    path: 'submitDescription',
    permission: PERMISSION.configure,
    handle(item, exchange) {
      exchange.jenkins.items.setDescription(
        item,
        exchange.parameter('description') ?? '',
      );
      return redirect('.');
    },
  },
];

/** What the root and folders have in common. */
export const containerRoutes: Route<Folder>[] = [
  {
    method: 'POST',
    path: 'createItem',
    permission: PERMISSION.create,
    handle: createItem,
  },
  {
    method: 'ANY',
    path: 'checkJobName',
    permission: PERMISSION.create,
    handle: checkJobName,
  },
  ...['view/all', 'view/All'].map((path): Route<Folder> => ({
    method: 'ANY',
    path: `${path}/api/json`,
    handle: (folder, exchange) =>
      apiJson(exchange, folderBean(folder, contextOf(exchange))),
  })),
];

export const folderRoutes: Route<Folder>[] = [
  ...containerRoutes,
  ...itemRoutes,
];

export const jobRoutes: Route<Job>[] = [
  ...itemRoutes,
  ...(['enable', 'disable'] as const).map((path): Route<Job> => ({
    method: 'POST',
    path,
    permission: PERMISSION.configure,
    handle(job, exchange) {
      exchange.jenkins.items.setDisabled(job, path === 'disable');
      return redirect('.');
    },
  })),
  {
    method: 'POST',
    path: 'nextbuildnumber/submit',
    permission: PERMISSION.configure,
    handle(job, exchange) {
      const number = Number(exchange.parameter('nextBuildNumber'));
      if (
        !Number.isInteger(number) ||
        number <= (job.builds.last?.number ?? 0)
      ) {
        throw new Failure('The next build number must be above the last one');
      }
      exchange.jenkins.items.setNextBuildNumber(job, number);
      return redirect(itemUrl(exchange, job));
    },
  },
];
