import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  anApplication,
  anApplicationRow,
  applicationPage,
  CANNOT_PULL,
  NO_NAMESPACES,
} from '../../__testUtils__/applications';
import { pipelinePage } from '../../__testUtils__/data';
import {
  APPLICATION_TAB as TAB,
  ENTITY,
  openEntity,
} from '../../__testUtils__/entityPage';

const ADDRESS = `${TAB}/application/east/prod/deployment/pay`;
const two = [
  anApplicationRow({ health: CANNOT_PULL, ready: 0 }),
  anApplicationRow({ name: 'shop', title: 'shop' }),
];
const page = {
  listNamespaces: () => NO_NAMESPACES,
  getTopology: () => ({ nodes: [], edges: [] }),
  getApplication: () => anApplication(),
};

describe('the tab of an entity', () => {
  it('shows what belongs to the entity, and stays on the tab', async () => {
    const api = openEntity(TAB, {
      ...page,
      listApplications: () => applicationPage(two),
    });
    await userEvent.click(await screen.findByRole('link', { name: 'pay' }));
    expect(
      await screen.findByRole('heading', { level: 2, name: 'pay' }),
    ).toBeInTheDocument();
    await waitFor(() =>
      expect(screen.getByTestId('address')).toHaveTextContent(
        `${ADDRESS}/topology`,
      ),
    );
    expect(api.asked('listApplications')[0].query).toMatchObject({
      entity: 'component:default/shop',
    });
  });

  it('opens the only application', async () => {
    openEntity(TAB, {
      ...page,
      listApplications: () => applicationPage([two[0]]),
    });
    expect(
      await screen.findByRole('heading', { level: 2, name: 'pay' }),
    ).toBeInTheDocument();
  });

  it('says how what runs is found, when nothing is', async () => {
    openEntity(TAB, { ...page, listApplications: () => applicationPage([]) });
    expect(
      await screen.findByText('Nothing that runs belongs to this entity.'),
    ).toBeInTheDocument();
    expect(
      screen.getByText(/backstage\.io\/kubernetes-id/),
    ).toBeInTheDocument();
    expect(
      screen.getAllByRole('link', { name: 'New application' })[0],
    ).toHaveAttribute(
      'href',
      '/workbench/applications/team-a/new?entity=component%3Adefault%2Fshop',
    );
  });
});

describe('the card of an entity', () => {
  it('shows how its applications run, linked', async () => {
    const api = openEntity(ENTITY, {
      listPipelines: () => pipelinePage([]),
      listApplications: () => applicationPage(two, { total: 3 }),
    });
    expect(await screen.findByRole('link', { name: 'pay' })).toHaveAttribute(
      'href',
      ADDRESS,
    );
    expect(screen.getByText('Degraded')).toBeInTheDocument();
    expect(screen.getByText('0/2')).toBeInTheDocument();
    expect(screen.getAllByText('store/pay:2.1')).toHaveLength(2);
    expect(
      screen.getByRole('link', { name: 'All 3 applications' }),
    ).toHaveAttribute('href', TAB);
    expect(api.asked('listApplications')[0].query).toMatchObject({
      entity: 'component:default/shop',
      sort: 'health',
      limit: '2',
    });
  });

  it('still shows them where the pipelines cannot be read', async () => {
    openEntity(ENTITY, { listApplications: () => applicationPage(two) });
    expect(
      await screen.findByRole('link', { name: 'pay' }),
    ).toBeInTheDocument();
  });
});
