import { screen } from '@testing-library/react';
import {
  createExtensionTester,
  renderTestApp,
} from '@backstage/frontend-test-utils';
import { coreExtensionData } from '@backstage/frontend-plugin-api';
import {
  EntityCardBlueprint,
  EntityContentBlueprint,
} from '@backstage/plugin-catalog-react/alpha';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import { anOverview, aSummary, pipelinePage } from './__testUtils__/data';
import { FakeApi } from './__testUtils__/FakeApi';
import { amambaApiRef } from './api';
import { overviewCard, pipelinesContent } from './extensions/entity';
import plugin from './index';
import { isPipelinesAvailable } from './legacy';

const entity = (kind: string) => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind,
  metadata: { name: 'x' },
});

describe('the plugin', () => {
  it('brings a workbench with tabs', async () => {
    renderTestApp({
      features: [plugin],
      initialRouteEntries: ['/workbench'],
      apis: [
        [amambaApiRef, new FakeApi({ getOverview: () => anOverview() })],
        [catalogApiRef, catalogApiMock()],
      ],
    });
    expect(
      await screen.findByText('Nothing is broken.', {}, { timeout: 20_000 }),
    ).toBeInTheDocument();
    for (const name of ['Overview', 'Pipelines', 'Audit']) {
      expect(screen.getByRole('tab', { name })).toBeInTheDocument();
    }
  });

  it('follows a portal that moves it', async () => {
    renderTestApp({
      features: [plugin],
      config: {
        app: {
          extensions: [
            { 'page:amamba': { config: { path: '/delivery' } } },
            {
              'sub-page:amamba/pipelines': {
                config: { path: 'ci', title: 'CI' },
              },
            },
            { 'sub-page:amamba/audit': false },
          ],
        },
      },
      initialRouteEntries: ['/delivery/ci'],
      apis: [
        [
          amambaApiRef,
          new FakeApi({ listPipelines: () => pipelinePage([aSummary()]) }),
        ],
        [catalogApiRef, catalogApiMock()],
      ],
    });
    expect(
      await screen.findByRole('link', { name: 'shop' }, { timeout: 20_000 }),
    ).toHaveAttribute('href', '/delivery/ci/team-a/pipeline/shop');
    expect(screen.getByRole('tab', { name: 'CI' })).toBeInTheDocument();
    expect(
      screen.queryByRole('tab', { name: 'Audit' }),
    ).not.toBeInTheDocument();
  });

  it.each(['Component', 'System', 'Resource', 'API'])(
    'has a tab and a card on a %s',
    kind => {
      const tab = createExtensionTester(pipelinesContent);
      const card = createExtensionTester(overviewCard);
      expect(
        tab.get(EntityContentBlueprint.dataRefs.filterFunction)?.(entity(kind)),
      ).toBe(true);
      expect(
        card.get(EntityCardBlueprint.dataRefs.filterFunction)?.(entity(kind)),
      ).toBe(true);
      expect(isPipelinesAvailable(entity(kind))).toBe(true);
    },
  );

  it.each(['User', 'Group', 'Location'])('has no tab on a %s', kind => {
    const tab = createExtensionTester(pipelinesContent);
    expect(
      tab.get(EntityContentBlueprint.dataRefs.filterFunction)?.(entity(kind)),
    ).toBe(false);
    expect(isPipelinesAvailable(entity(kind))).toBe(false);
  });

  it('puts the tab into the group of development, where a portal can move it', () => {
    const tab = createExtensionTester(pipelinesContent);
    expect(tab.get(coreExtensionData.routePath)).toBe('/pipelines');
    expect(tab.get(EntityContentBlueprint.dataRefs.group)).toBe('development');
    const moved = createExtensionTester(pipelinesContent, {
      config: { path: '/ci', group: 'deployment' },
    });
    expect(moved.get(coreExtensionData.routePath)).toBe('/ci');
    expect(moved.get(EntityContentBlueprint.dataRefs.group)).toBe('deployment');
  });
});
