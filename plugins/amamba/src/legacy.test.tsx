import { screen } from '@testing-library/react';
import { renderInTestApp, TestApiProvider } from '@backstage/test-utils';
import { Route, Routes } from 'react-router-dom';
import { anOverview } from './__testUtils__/data';
import { FakeApi } from './__testUtils__/FakeApi';
import { amambaApiRef } from './api';
import { rootRouteRef, WorkbenchPage } from './legacy';

describe('in a portal on the old frontend system', () => {
  it('the workbench has its head and tabs, and goes to the overview', async () => {
    const api = new FakeApi({ getOverview: () => anOverview() });
    await renderInTestApp(
      <TestApiProvider apis={[[amambaApiRef, api]]}>
        <Routes>
          <Route path="/workbench/*" element={<WorkbenchPage />} />
        </Routes>
      </TestApiProvider>,
      {
        routeEntries: ['/workbench'],
        mountedRoutes: { '/workbench': rootRouteRef },
      },
    );
    expect(
      await screen.findByText('Nothing is broken.', {}, { timeout: 20_000 }),
    ).toBeInTheDocument();
    expect(
      screen.getByRole('heading', { level: 1, name: 'Workbench' }),
    ).toBeInTheDocument();
    expect(screen.getByRole('tab', { name: 'Pipelines' })).toBeInTheDocument();
  });
});
