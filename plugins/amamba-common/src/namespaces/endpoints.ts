import { z } from 'zod';
import { clusterNameSchema, namespaceNameSchema } from '../clusters/schema';
import { defineEndpoint, empty, json } from '../contract/endpoint';
import { WORKSPACE_PATH } from '../contract/paths';
import { inWorkspace } from '../contract/params';
import {
  adoptableNamespaceSchema,
  bindClusterSchema,
  clusterBindingListSchema,
  clusterBindingSchema,
  namespaceDeletionSchema,
  namespaceDetailSchema,
  namespaceDraftSchema,
  namespacePageSchema,
  namespaceQuerySchema,
  namespaceUpdateSchema,
} from './schema';

const ofCluster = inWorkspace.extend({ cluster: clusterNameSchema });
const ofNamespace = ofCluster.extend({ namespace: namespaceNameSchema });

const READ = ['amamba.workspace.read'];
const MANAGE = ['amamba.platform.manage'];
const CLUSTERS_PATH = `${WORKSPACE_PATH}/clusters`;
const NAMESPACES_PATH = `${WORKSPACE_PATH}/namespaces`;
const NAMESPACE_PATH = `${NAMESPACES_PATH}/:cluster/:namespace`;

/** Cluster bindings and namespaces of a workspace. */
export const namespaceEndpoints = {
  listClusterBindings: defineEndpoint({
    id: 'listClusterBindings',
    method: 'GET',
    path: CLUSTERS_PATH,
    summary: 'Clusters that the workspace may use',
    tag: 'namespaces',
    permissions: READ,
    params: inWorkspace,
    response: json(clusterBindingListSchema),
  }),
  bindCluster: defineEndpoint({
    id: 'bindCluster',
    method: 'PUT',
    path: `${CLUSTERS_PATH}/:cluster`,
    summary: 'Bind a cluster, or change the binding',
    tag: 'namespaces',
    permissions: MANAGE,
    params: ofCluster,
    body: bindClusterSchema,
    response: json(clusterBindingSchema),
  }),
  unbindCluster: defineEndpoint({
    id: 'unbindCluster',
    method: 'DELETE',
    path: `${CLUSTERS_PATH}/:cluster`,
    summary:
      'Unbind a cluster; refused while the workspace has namespaces there',
    tag: 'namespaces',
    permissions: MANAGE,
    params: ofCluster,
    response: empty,
  }),
  listNamespaces: defineEndpoint({
    id: 'listNamespaces',
    method: 'GET',
    path: NAMESPACES_PATH,
    summary: 'Namespaces of the workspace with their quotas',
    tag: 'namespaces',
    permissions: READ,
    params: inWorkspace,
    query: namespaceQuerySchema,
    response: json(namespacePageSchema),
  }),
  createNamespace: defineEndpoint({
    id: 'createNamespace',
    method: 'POST',
    path: NAMESPACES_PATH,
    summary: 'Create a namespace',
    tag: 'namespaces',
    permissions: ['amamba.namespace.create'],
    params: inWorkspace,
    body: namespaceDraftSchema,
    response: json(namespaceDetailSchema, 201),
  }),
  getNamespace: defineEndpoint({
    id: 'getNamespace',
    method: 'GET',
    path: NAMESPACE_PATH,
    summary: 'One namespace',
    tag: 'namespaces',
    permissions: READ,
    params: ofNamespace,
    response: json(namespaceDetailSchema),
  }),
  updateNamespace: defineEndpoint({
    id: 'updateNamespace',
    method: 'PUT',
    path: NAMESPACE_PATH,
    summary: 'Change labels, environment, quota or limits',
    tag: 'namespaces',
    permissions: ['amamba.namespace.update'],
    params: ofNamespace,
    body: namespaceUpdateSchema,
    response: json(namespaceDetailSchema),
  }),
  mendNamespace: defineEndpoint({
    id: 'mendNamespace',
    method: 'POST',
    path: `${NAMESPACE_PATH}/mend`,
    summary: 'Put right what differs from what the portal holds',
    tag: 'namespaces',
    permissions: ['amamba.namespace.update'],
    params: ofNamespace,
    response: json(namespaceDetailSchema),
  }),
  previewNamespaceDeletion: defineEndpoint({
    id: 'previewNamespaceDeletion',
    method: 'GET',
    path: `${NAMESPACE_PATH}/deletion`,
    summary: 'What deleting the namespace would lose',
    tag: 'namespaces',
    permissions: ['amamba.namespace.delete'],
    params: ofNamespace,
    response: json(namespaceDeletionSchema),
  }),
  deleteNamespace: defineEndpoint({
    id: 'deleteNamespace',
    method: 'DELETE',
    path: NAMESPACE_PATH,
    summary: 'Delete the namespace with everything in it',
    tag: 'namespaces',
    permissions: ['amamba.namespace.delete'],
    params: ofNamespace,
    body: z.object({
      /** the namespace's name, typed */
      confirm: z.string().max(63),
    }),
    response: json(namespaceDetailSchema, 202),
  }),
  listAdoptableNamespaces: defineEndpoint({
    id: 'listAdoptableNamespaces',
    method: 'GET',
    path: `${CLUSTERS_PATH}/:cluster/adoptable`,
    summary: 'Namespaces of a cluster that belong to nobody',
    tag: 'namespaces',
    permissions: MANAGE,
    params: ofCluster,
    response: json(z.object({ items: z.array(adoptableNamespaceSchema) })),
  }),
  adoptNamespace: defineEndpoint({
    id: 'adoptNamespace',
    method: 'POST',
    path: `${NAMESPACE_PATH}/adopt`,
    summary: 'Give the workspace a namespace that exists already',
    tag: 'namespaces',
    permissions: MANAGE,
    params: ofNamespace,
    body: z.object({
      environment: namespaceDraftSchema.shape.environment,
    }),
    response: json(namespaceDetailSchema, 201),
  }),
  releaseNamespace: defineEndpoint({
    id: 'releaseNamespace',
    method: 'POST',
    path: `${NAMESPACE_PATH}/release`,
    summary: 'Give the namespace up without touching what runs in it',
    tag: 'namespaces',
    permissions: MANAGE,
    params: ofNamespace,
    response: empty,
  }),
};
