import { constants } from '../beans/common';
import { Bean } from '../beans/export';
import {
  CredentialRefused,
  CredentialSummary,
  FolderCredentials,
} from '../engine/credentials';
import type { Exchange } from '../http/exchange';
import { HttpError, ok, redirect, Reply, xml } from '../http/reply';
import type { Route } from '../http/routes';
import { PERMISSION } from '../http/users';
import type { Folder } from '../model/Item';
import { apiJson } from './model';

const XML_TYPE = /^(application|text)\/xml\b/i;

function storeOf(folder: Folder, { jenkins }: Exchange): FolderCredentials {
  return new FolderCredentials(folder, jenkins.secrets, text =>
    jenkins.items.rewrite(folder, text),
  );
}

function credentialBean(summary: CredentialSummary, folder: Folder): Bean {
  const path = folder.isRoot ? 'system' : folder.fullName;
  return constants(
    'com.cloudbees.plugins.credentials.CredentialsStoreAction$CredentialsWrapper',
    1,
    {
      description: summary.description,
      displayName: summary.displayName,
      fingerprint: null,
      fullName: `${path}/_/${summary.id}`,
      id: summary.id,
      typeName: summary.typeName,
    },
  );
}

function notFound(id: string): HttpError {
  return new HttpError(404, `No credential ${id}`);
}

function create(folder: Folder, exchange: Exchange): Reply {
  if (!XML_TYPE.test(exchange.contentType)) {
    throw new HttpError(
      400,
      'This stand-in creates credentials from XML only, not from a form.',
    );
  }
  storeOf(folder, exchange).create(exchange.body);
  return ok();
}

function update(folder: Folder, exchange: Exchange, id: string): Reply {
  if (!storeOf(folder, exchange).update(id, exchange.body)) throw notFound(id);
  return ok();
}

function remove(folder: Folder, exchange: Exchange, id: string): void {
  if (!storeOf(folder, exchange).delete(id)) throw notFound(id);
}

/** Turns a refusal into the status that the plugin answers. */
function refusing<Args extends unknown[]>(
  handle: (...args: Args) => Reply,
): (...args: Args) => Reply {
  return (...args) => {
    try {
      return handle(...args);
    } catch (error) {
      if (!(error instanceof CredentialRefused)) throw error;
      throw new HttpError(error.conflict ? 409 : 400, error.message);
    }
  };
}

/** The store of a folder (`folder`) or of everything (`system`). Only the global domain `_` exists. */
function routes(store: 'folder' | 'system'): Route<Folder>[] {
  const domain = `credentials/store/${store}/domain/_`;
  const one = `${domain}/credential/:id`;
  return [
    {
      method: 'GET',
      path: `${domain}/api/json`,
      permission: PERMISSION.viewCredentials,
      handle: (folder, exchange) =>
        apiJson(
          exchange,
          new Bean(
            'com.cloudbees.plugins.credentials.CredentialsStoreAction$DomainWrapper',
            {
              credentials: [
                1,
                () =>
                  storeOf(folder, exchange)
                    .list()
                    .map(summary => credentialBean(summary, folder)),
              ],
              description: [1, () => null],
              displayName: [1, () => 'Global credentials (unrestricted)'],
              fullDisplayName: [
                1,
                () => `${folder.fullDisplayName} » Global credentials`,
              ],
              fullName: [1, () => `${folder.fullName}/_`],
              global: [1, () => true],
              urlName: [1, () => '_'],
            },
          ),
        ),
    },
    {
      method: 'POST',
      path: `${domain}/createCredentials`,
      permission: PERMISSION.createCredentials,
      handle: refusing(create),
    },
    {
      method: 'GET',
      path: `${one}/api/json`,
      permission: PERMISSION.viewCredentials,
      handle(folder, exchange, { id }) {
        const summary = storeOf(folder, exchange).get(id);
        if (!summary) throw notFound(id);
        return apiJson(exchange, credentialBean(summary, folder));
      },
    },
    {
      method: 'GET',
      path: `${one}/config.xml`,
      permission: PERMISSION.viewCredentials,
      handle(folder, exchange, { id }) {
        const text = storeOf(folder, exchange).redactedXml(id);
        if (text === undefined) throw notFound(id);
        return xml(text);
      },
    },
    {
      method: 'POST',
      path: `${one}/config.xml`,
      permission: PERMISSION.updateCredentials,
      handle: refusing((folder: Folder, exchange: Exchange, values) =>
        update(folder, exchange, values.id),
      ),
    },
    {
      method: 'DELETE',
      path: `${one}/config.xml`,
      permission: PERMISSION.deleteCredentials,
      handle(folder, exchange, { id }) {
        remove(folder, exchange, id);
        return ok();
      },
    },
    {
      method: 'POST',
      path: `${one}/doDelete`,
      permission: PERMISSION.deleteCredentials,
      handle(folder, exchange, { id }) {
        remove(folder, exchange, id);
        return redirect('../..');
      },
    },
  ];
}

export const folderCredentialRoutes = routes('folder');
export const systemCredentialRoutes = routes('system');
