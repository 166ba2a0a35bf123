import {
  isKubeName,
  readSelector,
} from '@amamba/backstage-plugin-amamba-common';
import { InputError } from '@backstage/errors';
import { path, type OutboundPath } from '../../http';
import type { ObjectRef, ResourceType } from './types';

const VERSION = /^[a-z0-9]{1,30}$/;
const SUBRESOURCES = new Set([
  'attach',
  'ephemeralcontainers',
  'eviction',
  'exec',
  'log',
  'scale',
  'status',
  'token',
]);
const MAX_SELECTOR = 4_000;
const FIELD_SELECTOR = /^[A-Za-z][A-Za-z.]*(?:==?|!=)[A-Za-z0-9._/:-]*$/;

/** `Deployment shop/web`, `Namespace shop`, as messages name an object. */
export function objectTitle({ kind }: ResourceType, ref: ObjectRef): string {
  return `${kind} ${ref.namespace ? `${ref.namespace}/` : ''}${ref.name}`;
}

/** `deployments.apps in namespace shop`, as messages name what is listed. */
export function collectionTitle(
  { plural, group, namespaced }: ResourceType,
  namespace?: string,
): string {
  const name = group ? `${plural}.${group}` : plural;
  if (!namespaced) return name;
  return namespace ? `${name} in namespace ${namespace}` : `all ${name}`;
}

/** @throws InputError when it is not the name of a namespace */
export function checkNamespace(namespace: string): string {
  if (isKubeName('label', namespace)) return namespace;
  throw new InputError(`${JSON.stringify(namespace)} is not a namespace`);
}

/**
 * Some kinds (roles, CRDs) take more names than others: what none takes is refused here, the rest by the API server.
 *
 * @throws InputError
 */
function checkName(name: string): string {
  const fits =
    name.length > 0 && name.length <= 253 && /^[\x21-\x7e]+$/.test(name);
  if (fits && !/[/%]/.test(name) && name !== '.' && name !== '..') return name;
  throw new InputError(`${JSON.stringify(name)} is not the name of an object`);
}

function base({ group, version, plural }: ResourceType) {
  if (
    (group !== '' && !isKubeName('subdomain', group)) ||
    !VERSION.test(version) ||
    !isKubeName('label', plural)
  ) {
    throw new InputError(
      `${JSON.stringify([group, version, plural])} is not a kind of objects`,
    );
  }
  return group === '' ? path`/api/${version}` : path`/apis/${group}/${version}`;
}

/**
 * Address of all objects of a kind, in a namespace when one is given.
 *
 * @throws InputError for what cannot be a kind or a namespace, and for a namespace of a kind that has none
 */
export function collectionPath(
  type: ResourceType,
  namespace: string | undefined,
): OutboundPath {
  const root = base(type);
  if (namespace === undefined) return path`${root}/${type.plural}`;
  if (!type.namespaced) {
    throw new InputError(`${type.kind} belongs to no namespace`);
  }
  return path`${root}/namespaces/${checkNamespace(namespace)}/${type.plural}`;
}

/**
 * Address of an object, or of a part of it.
 *
 * @throws InputError for what cannot be a kind, a namespace or a name, and for a kind of namespaces without one
 */
export function objectPath(
  type: ResourceType,
  { namespace, name }: ObjectRef,
  subresource?: string,
): OutboundPath {
  if (type.namespaced && namespace === undefined) {
    throw new InputError(`${type.kind} ${name} needs a namespace`);
  }
  const object = path`${collectionPath(type, namespace)}/${checkName(name)}`;
  if (subresource === undefined) return object;
  if (!SUBRESOURCES.has(subresource)) {
    throw new InputError(`${JSON.stringify(subresource)} is no subresource`);
  }
  return path`${object}/${subresource}`;
}

/** @throws InputError that names what is wrong with it */
export function checkLabelSelector(
  selector: string | undefined,
): string | undefined {
  if (selector === undefined) return undefined;
  if (selector.length > MAX_SELECTOR) {
    throw new InputError('The label selector is too long');
  }
  const read = readSelector(selector);
  if ('selector' in read) return selector;
  throw new InputError(
    `The label selector is wrong at ${JSON.stringify(read.text)}`,
  );
}

/** @throws InputError when it is no list of comparisons */
export function checkFieldSelector(
  selector: string | undefined,
): string | undefined {
  if (selector === undefined) return undefined;
  if (
    selector.length <= MAX_SELECTOR &&
    selector.split(',').every(part => FIELD_SELECTOR.test(part))
  ) {
    return selector;
  }
  throw new InputError(
    `${JSON.stringify(selector.slice(0, 100))} is no field selector`,
  );
}
