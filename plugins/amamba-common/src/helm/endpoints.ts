import { z } from 'zod';
import { APPLICATIONS_PATH } from '../applications/paths';
import { diffSchema } from '../applications/schema';
import { clusterNameSchema, namespaceNameSchema } from '../clusters/schema';
import { defineEndpoint, empty, json } from '../contract/endpoint';
import { WORKSPACE_PATH } from '../contract/paths';
import { inWorkspace } from '../contract/params';
import { operationSchema } from '../operations/schema';
import {
  chartDetailSchema,
  chartPageSchema,
  chartQuerySchema,
  helmReleaseSchema,
  helmRepositoryDraftSchema,
  helmRepositorySchema,
  helmRevisionDetailSchema,
  releaseDraftSchema,
  releaseNameSchema,
  releasePreviewSchema,
} from './schema';

const ofRelease = inWorkspace.extend({
  cluster: clusterNameSchema,
  namespace: namespaceNameSchema,
  name: releaseNameSchema,
});
const ofRepository = inWorkspace.extend({
  repository: helmRepositorySchema.shape.name,
});
const revision = z.coerce.number().int().positive();

const READ = ['amamba.application.read'];
const CREATE = ['amamba.application.create'];
const UPDATE = ['amamba.application.update'];
const RELEASES_PATH = `${WORKSPACE_PATH}/helm/releases`;
const RELEASE_PATH = `${APPLICATIONS_PATH}/:cluster/:namespace/helm/:name/release`;
const REPOSITORIES_PATH = `${WORKSPACE_PATH}/helm/repositories`;
const CHARTS_PATH = `${WORKSPACE_PATH}/helm/charts`;

/** Helm: repositories, charts and releases. */
export const helmEndpoints = {
  listHelmRepositories: defineEndpoint({
    id: 'listHelmRepositories',
    method: 'GET',
    path: REPOSITORIES_PATH,
    summary: 'Repositories that charts can be installed from',
    tag: 'helm',
    permissions: ['amamba.workspace.read'],
    params: inWorkspace,
    response: json(z.object({ items: z.array(helmRepositorySchema) })),
  }),
  createHelmRepository: defineEndpoint({
    id: 'createHelmRepository',
    method: 'POST',
    path: REPOSITORIES_PATH,
    summary: 'Add a repository; it is tried first',
    tag: 'helm',
    permissions: ['amamba.helm-repository.write'],
    params: inWorkspace,
    body: helmRepositoryDraftSchema,
    response: json(helmRepositorySchema, 201),
  }),
  updateHelmRepository: defineEndpoint({
    id: 'updateHelmRepository',
    method: 'PUT',
    path: `${REPOSITORIES_PATH}/:repository`,
    summary: 'Change a repository; the password stays unless a new one comes',
    tag: 'helm',
    permissions: ['amamba.helm-repository.write'],
    params: ofRepository,
    body: helmRepositoryDraftSchema
      .omit({ name: true })
      .extend({ version: z.number().int().positive() }),
    response: json(helmRepositorySchema),
  }),
  deleteHelmRepository: defineEndpoint({
    id: 'deleteHelmRepository',
    method: 'DELETE',
    path: `${REPOSITORIES_PATH}/:repository`,
    summary: 'Remove a repository; refused while releases come from it',
    tag: 'helm',
    permissions: ['amamba.helm-repository.write'],
    params: ofRepository,
    response: empty,
  }),
  listCharts: defineEndpoint({
    id: 'listCharts',
    method: 'GET',
    path: CHARTS_PATH,
    summary: 'Charts of the repositories',
    tag: 'helm',
    permissions: ['amamba.workspace.read'],
    params: inWorkspace,
    query: chartQuerySchema,
    response: json(chartPageSchema),
  }),
  getChart: defineEndpoint({
    id: 'getChart',
    method: 'GET',
    path: `${CHARTS_PATH}/:repository/:chart`,
    summary: 'A chart with readme, values and versions',
    tag: 'helm',
    permissions: ['amamba.workspace.read'],
    params: ofRepository.extend({
      chart: releaseDraftSchema.shape.chart,
    }),
    query: z.object({ version: releaseDraftSchema.shape.version.optional() }),
    response: json(chartDetailSchema),
  }),
  getRelease: defineEndpoint({
    id: 'getRelease',
    method: 'GET',
    path: RELEASE_PATH,
    summary: 'A release with its history',
    tag: 'helm',
    permissions: READ,
    params: ofRelease,
    response: json(helmReleaseSchema),
  }),
  getReleaseRevision: defineEndpoint({
    id: 'getReleaseRevision',
    method: 'GET',
    path: `${RELEASE_PATH}/revisions/:revision`,
    summary: 'Manifest, notes and values of a revision',
    tag: 'helm',
    permissions: READ,
    params: ofRelease.extend({ revision }),
    response: json(helmRevisionDetailSchema),
  }),
  compareReleaseRevisions: defineEndpoint({
    id: 'compareReleaseRevisions',
    method: 'GET',
    path: `${RELEASE_PATH}/compare`,
    summary: 'What differs between two revisions',
    tag: 'helm',
    permissions: READ,
    params: ofRelease,
    query: z.object({ from: revision, to: revision }),
    response: json(
      z.object({
        items: z.array(diffSchema),
        /** of the user's values; only for those who may edit */
        values: z.array(diffSchema),
      }),
    ),
  }),
  previewRelease: defineEndpoint({
    id: 'previewRelease',
    method: 'POST',
    path: `${RELEASES_PATH}/preview`,
    summary: 'What installing or upgrading would change',
    tag: 'helm',
    permissions: [...CREATE, ...UPDATE],
    params: inWorkspace,
    body: releaseDraftSchema,
    response: json(releasePreviewSchema),
  }),
  installRelease: defineEndpoint({
    id: 'installRelease',
    method: 'POST',
    path: RELEASES_PATH,
    summary: 'Install a chart',
    tag: 'helm',
    permissions: CREATE,
    params: inWorkspace,
    body: releaseDraftSchema,
    response: json(operationSchema, 202),
  }),
  upgradeRelease: defineEndpoint({
    id: 'upgradeRelease',
    method: 'PUT',
    path: RELEASE_PATH,
    summary: 'Upgrade a release: another version, other values',
    tag: 'helm',
    permissions: UPDATE,
    params: ofRelease,
    body: releaseDraftSchema
      .omit({ cluster: true, namespace: true, name: true })
      .extend({
        /** revision that was edited; another one is a conflict (409) */
        basis: z.number().int().positive(),
      }),
    response: json(operationSchema, 202),
  }),
  rollbackRelease: defineEndpoint({
    id: 'rollbackRelease',
    method: 'POST',
    path: `${RELEASE_PATH}/rollback`,
    summary: 'Go back to a revision',
    tag: 'helm',
    permissions: UPDATE,
    params: ofRelease,
    body: z.object({
      revision: z.number().int().positive(),
      basis: z.number().int().positive(),
      wait: z.boolean().default(true),
    }),
    response: json(operationSchema, 202),
  }),
  unlockRelease: defineEndpoint({
    id: 'unlockRelease',
    method: 'POST',
    path: `${RELEASE_PATH}/unlock`,
    summary: 'Free a release whose last operation died in the middle',
    tag: 'helm',
    permissions: UPDATE,
    params: ofRelease,
    response: json(operationSchema, 202),
  }),
  uninstallRelease: defineEndpoint({
    id: 'uninstallRelease',
    method: 'DELETE',
    path: RELEASE_PATH,
    summary: 'Uninstall a release',
    tag: 'helm',
    permissions: ['amamba.application.delete'],
    params: ofRelease,
    body: z.object({
      confirm: z.string().max(53),
      keepHistory: z.boolean().default(false),
      propagation: z
        .enum(['background', 'foreground', 'orphan'])
        .default('background'),
    }),
    response: json(operationSchema, 202),
  }),
};
