import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { storageApiRef } from '@backstage/core-plugin-api';
import { mockApis, renderInTestApp } from '@backstage/frontend-test-utils';
import { useLocation } from 'react-router-dom';
import { refusal } from '../../__testUtils__/FakeApi';
import { EmptyState } from '../States';
import {
  knownValues,
  ListFilters,
  ListView,
  PagedTable,
  usePagedList,
} from './index';
import { useUrlState } from '../../hooks/useUrlState';

interface Ship {
  name: string;
}

interface ShipPage {
  items: Ship[];
  total: number;
  nextCursor?: string;
  warnings?: { source: string; message: string }[];
}

const KINDS = [
  { value: 'sail', label: 'Sailing' },
  { value: 'steam', label: 'Steam' },
];

type Load = (asked: {
  q?: string;
  kind?: string;
  after?: string;
}) => Promise<ShipPage>;

/** The list of a room that is none of ours. */
function Ships(props: { load: Load }) {
  const url = useUrlState();
  const filters = {
    q: url.get('q'),
    kind: knownValues(url, 'kind', ['sail', 'steam']),
  };
  const list = usePagedList({
    scope: ['team-a'],
    filters,
    load: ({ after }) => props.load({ ...filters, after }),
    matches: () => false,
  });
  const { search } = useLocation();
  return (
    <>
      <output aria-label="address">{search}</output>
      <ListView
        list={list}
        failed="The ships could not be loaded."
        noMatch="No ship matches."
        empty={<EmptyState title="No ships yet." />}
        filters={
          <ListFilters
            list={list}
            fields={[
              { name: 'q', type: 'search', label: 'Search ships' },
              { name: 'kind', type: 'choices', label: 'Kind', options: KINDS },
            ]}
          />
        }
      >
        {page => (
          <PagedTable
            id="ships"
            label="Ships"
            list={list}
            page={page}
            columns={[
              {
                id: 'name',
                label: 'Name',
                header: true,
                cell: ship => ship.name,
              },
            ]}
            keyOf={ship => ship.name}
          />
        )}
      </ListView>
    </>
  );
}

function open(address: string, load: Load) {
  renderInTestApp(<Ships load={load} />, {
    initialRouteEntries: [address],
    apis: [[storageApiRef, mockApis.storage()]],
  });
}

const none: Load = async () => ({ items: [], total: 0 });
const two: ShipPage = {
  items: [{ name: 'Beagle' }, { name: 'Victory' }],
  total: 102,
  nextCursor: 'next',
};
const address = () => screen.getByLabelText('address').textContent;

describe('a list', () => {
  it('shows its rows, and beside them what did not answer', async () => {
    open('/', async () => ({
      ...two,
      warnings: [{ source: 'harbour:east', message: 'It does not answer.' }],
    }));
    const table = await screen.findByRole('table', { name: 'Ships' });
    expect(
      within(table).getByRole('rowheader', { name: 'Beagle' }),
    ).toBeInTheDocument();
    expect(screen.getByText('harbour:east')).toBeInTheDocument();
    expect(screen.getByText('1–2 of 102')).toBeInTheDocument();
  });

  it('says that there is nothing yet', async () => {
    open('/', none);
    expect(await screen.findByText('No ships yet.')).toBeInTheDocument();
  });

  it('takes filters from the address, ignores what it does not know, and clears them', async () => {
    const asked: unknown[] = [];
    open('/?q=bea&kind=sail,submarine', async filters => {
      asked.push(filters);
      return none(filters);
    });
    expect(await screen.findByText('No ship matches.')).toBeInTheDocument();
    expect(asked[0]).toEqual({ q: 'bea', kind: 'sail', after: undefined });
    const chips = screen.getByRole('list', { name: 'Active filters' });
    expect(
      within(chips)
        .getAllByRole('button', { name: /^Remove/ })
        .map(chip => chip.getAttribute('aria-label')),
    ).toEqual(['Remove filter Search: bea', 'Remove filter Kind: Sailing']);
    await userEvent.click(
      within(chips).getByRole('button', { name: 'Clear filters' }),
    );
    expect(await screen.findByText('No ships yet.')).toBeInTheDocument();
    expect(address()).toBe('');
  });

  it('goes to the first page when that of the address is gone', async () => {
    open('/?after=old', async ({ after }) =>
      after ? refusal(400, 'after: this page no longer fits') : two,
    );
    expect(
      await screen.findByRole('table', { name: 'Ships' }),
    ).toBeInTheDocument();
    expect(screen.getByText(/That page of the list is gone/)).toBeVisible();
    expect(address()).toBe('');
  });

  it('says what failed, and keeps the filters', async () => {
    open('/?q=x', () => refusal(503, 'The harbour does not answer.'));
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'The ships could not be loaded. The harbour does not answer.',
    );
    expect(screen.getByRole('searchbox', { name: 'Search ships' })).toHaveValue(
      'x',
    );
  });
});
