import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  aPipeline,
  aRun,
  aSummary,
  pipelinePage,
  runPage,
} from '../../__testUtils__/data';
import {
  ENTITY,
  openEntity as open,
  PIPELINES_TAB as TAB,
  PLACE,
} from '../../__testUtils__/entityPage';
import { refusal } from '../../__testUtils__/FakeApi';

/** What the tab begins with. */
function entityPage(...args: Parameters<typeof pipelinePage>) {
  return { ...pipelinePage(...args), place: PLACE };
}

describe('the tab of an entity', () => {
  it("shows the entity's pipelines, and stays on the tab", async () => {
    const api = open(TAB, {
      listEntityPipelines: () =>
        entityPage([aSummary(), aSummary({ name: 'shop-nightly' })]),
      getPipeline: () => aPipeline(),
      listRuns: () => runPage([aRun()]),
    });
    await userEvent.click(await screen.findByRole('link', { name: 'shop' }));
    // one answer was enough
    expect(api.calls.map(({ id }) => id).slice(0, 2)).toEqual([
      'listEntityPipelines',
      'getPipeline',
    ]);
    expect(screen.getByTestId('address')).toHaveTextContent(
      `${TAB}/pipeline/shop`,
    );
    expect(api.asked('listEntityPipelines')[0]).toMatchObject({
      params: { kind: 'component', namespace: 'default', name: 'shop' },
      query: { sort: 'name', order: 'asc', limit: 50 },
    });
    expect(await screen.findByRole('link', { name: '#42' })).toHaveAttribute(
      'href',
      `${TAB}/pipeline/shop/runs/42`,
    );
    expect(
      screen.getByRole('navigation', { name: 'Way back' }),
    ).toHaveTextContent('Pipelines/shop');
  });

  it('opens the only pipeline', async () => {
    open(TAB, {
      listEntityPipelines: () => entityPage([aSummary()]),
      getPipeline: () => aPipeline(),
      listRuns: () => runPage([]),
    });
    expect(
      await screen.findByRole('heading', { level: 2, name: 'shop' }),
    ).toBeInTheDocument();
    expect(screen.getByTestId('address')).toHaveTextContent(
      `${TAB}/pipeline/shop`,
    );
  });

  it('creates in the workbench, for the entity', async () => {
    open(TAB, { listEntityPipelines: () => entityPage([]) });
    expect(
      await screen.findByText('No pipelines for this entity yet.'),
    ).toBeInTheDocument();
    expect(
      screen.getAllByRole('link', { name: 'New pipeline' })[0],
    ).toHaveAttribute(
      'href',
      '/workbench/pipelines/team-a/new?entity=component%3Adefault%2Fshop',
    );
  });

  it('says what to write where the entity has no workspace', async () => {
    open(TAB, {
      listEntityPipelines: () =>
        refusal(404, 'component:default/shop has no owner.', 'NotFoundError'),
    });
    expect(
      await screen.findByText(/component:default\/shop has no owner/),
    ).toBeInTheDocument();
    expect(
      screen.getByText(/amamba.io\/workspace: team-a/),
    ).toBeInTheDocument();
    expect(
      screen.getByRole('button', { name: 'Copy snippet' }),
    ).toBeInTheDocument();
  });
});

it('does not read the list for a page below it', async () => {
  const api = open(`${TAB}/pipeline/shop`, {
    getPipeline: () => aPipeline(),
    listRuns: () => runPage([]),
  });
  await screen.findByRole('heading', { level: 2, name: 'shop' });
  expect(api.asked('listEntityPipelines')).toHaveLength(0);
});

describe('the card of an entity', () => {
  it('shows the last run of each pipeline, linked', async () => {
    const api = open(ENTITY, {
      listPipelines: () =>
        pipelinePage([aSummary({ lastRun: aRun() })], { total: 7 }),
    });
    expect(await screen.findByRole('link', { name: 'shop' })).toHaveAttribute(
      'href',
      `${TAB}/pipeline/shop`,
    );
    expect(screen.getByText('Failed')).toBeInTheDocument();
    expect(
      screen.getByRole('link', { name: /All 7 pipelines/ }),
    ).toHaveAttribute('href', TAB);
    expect(api.asked('listPipelines')[0].query).toMatchObject({
      entity: 'component:default/shop',
      limit: '5',
    });
  });

  it('is not there where it has nothing to say', async () => {
    const api = open(ENTITY, {
      getEntityWorkspace: () => refusal(404, 'None.'),
    });
    await screen.findByTestId('address');
    expect(api.asked('listPipelines')).toHaveLength(0);
    expect(screen.queryByText('Delivery')).not.toBeInTheDocument();
  });
});
