import type { EntityWorkspace } from '@amamba/backstage-plugin-amamba-common';
import { fetchApiRef } from '@backstage/core-plugin-api';
import { renderInTestApp } from '@backstage/frontend-test-utils';
import {
  catalogApiRef,
  EntityProvider,
  entityRouteRef,
} from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import { Route, Routes, useLocation } from 'react-router-dom';
import { amambaApiRef } from '../api';
import { OverviewCard } from '../cards/OverviewCard';
import { EntityApplications } from '../pages/applications/EntityApplications';
import { EntityPipelines } from '../pages/pipelines/EntityPipelines';
import {
  entityApplicationsRouteRef,
  entityPipelinesRouteRef,
  rootRouteRef,
} from '../routes';
import { aWorkspace } from './data';
import { FakeApi, type Answers } from './FakeApi';

/** Addresses of the entity that {@link openEntity} shows. */
export const ENTITY = '/catalog/default/component/shop';
export const PIPELINES_TAB = `${ENTITY}/pipelines`;
export const APPLICATION_TAB = `${ENTITY}/application`;

/** The workspace that the entity belongs to. */
export const PLACE: EntityWorkspace = {
  entityRef: 'component:default/shop',
  workspace: aWorkspace(),
  by: 'owner',
};

const shop = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: { name: 'shop', namespace: 'default' },
};

function Address() {
  return <output data-testid="address">{useLocation().pathname}</output>;
}

/** What the card asks for without the client, answered by the same fake. */
function lightFetch(api: FakeApi): typeof fetch {
  return async input => {
    const url = new URL(String(input));
    const params = { workspace: 'team-a' };
    const query = Object.fromEntries(url.searchParams);
    const answers: Record<string, () => Promise<unknown>> = {
      workspace: () =>
        api.call('getEntityWorkspace', {
          params: { kind: 'component', namespace: 'default', name: 'shop' },
        }),
      pipelines: () => api.call('listPipelines', { params, query }),
      applications: () => api.call('listApplications', { params, query }),
    };
    try {
      const answer = await answers[url.pathname.split('/').pop() ?? '']();
      return new Response(JSON.stringify(answer));
    } catch {
      return new Response('{}', { status: 404 });
    }
  };
}

/** Opens the page of an entity: its overview with the card, or one of the tabs. */
export function openEntity(path: string, answers: Answers): FakeApi {
  const api = new FakeApi({
    getEntityWorkspace: () => PLACE,
    ...answers,
  });
  renderInTestApp(
    <EntityProvider entity={shop}>
      <Address />
      <Routes>
        <Route path="/" element={<OverviewCard />} />
        <Route path="pipelines/*" element={<EntityPipelines />} />
        <Route path="application/*" element={<EntityApplications />} />
      </Routes>
    </EntityProvider>,
    {
      mountPath: ENTITY,
      mountedRoutes: {
        '/workbench': rootRouteRef,
        '/catalog/:namespace/:kind/:name': entityRouteRef,
        [PIPELINES_TAB]: entityPipelinesRouteRef,
        [APPLICATION_TAB]: entityApplicationsRouteRef,
      },
      initialRouteEntries: [path],
      apis: [
        [amambaApiRef, api],
        [fetchApiRef, { fetch: lightFetch(api) }],
        [catalogApiRef, catalogApiMock()],
      ],
    },
  );
  return api;
}
