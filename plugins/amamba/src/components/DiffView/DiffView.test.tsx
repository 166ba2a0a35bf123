import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { ObjectDiff } from '@amamba/backstage-plugin-amamba-common';
import { storageApiRef } from '@backstage/core-plugin-api';
import { mockApis, renderInTestApp } from '@backstage/frontend-test-utils';
import { DiffView } from './DiffView';

const lines = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, i) => `line ${from + i}`);

const IMAGE: ObjectDiff = {
  object: 'Deployment/shop',
  change: 'update',
  hunks: [
    { path: 'spec.containers[name=web].image', before: 'a:1', after: 'a:2' },
  ],
  warnings: [],
};
const CONFIG: ObjectDiff = {
  object: 'ConfigMap/shop',
  change: 'update',
  hunks: [
    {
      path: '',
      before: [...lines(0, 50), 'old'].join('\n'),
      after: [...lines(0, 50), 'new'].join('\n'),
    },
  ],
  warnings: ['It is used by 2 others.'],
};

/** Toasts are in a region too. */
const CHANGES = { name: /^Changes of/ };

async function show(diffs: ObjectDiff[]) {
  await renderInTestApp(<DiffView diffs={diffs} />, {
    apis: [[storageApiRef, mockApis.storage()]],
  });
}

describe('DiffView', () => {
  it('says what changes, by its path, in signs and words', async () => {
    await show([IMAGE]);
    const region = screen.getByRole('region', {
      name: 'Changes of Deployment/shop',
    });
    expect(region).toHaveTextContent(
      'spec.containers[name=web].image−removed: a:1+added: a:2',
    );
    expect(
      screen.getByRole('button', { name: 'Deployment/shop · changed · +1 −1' }),
    ).toHaveAttribute('aria-expanded', 'true');
  });

  it('folds what did not change, and opens it', async () => {
    await show([CONFIG]);
    expect(screen.queryByText('line 3')).not.toBeInTheDocument();
    expect(screen.getByText('line 47')).toBeInTheDocument();
    await userEvent.click(
      screen.getByRole('button', { name: '47 unchanged lines' }),
    );
    expect(screen.getByText('line 3')).toBeInTheDocument();
    expect(screen.getByText('It is used by 2 others.')).toBeInTheDocument();
  });

  it('folds each object and all of them', async () => {
    await show([IMAGE, CONFIG]);
    expect(screen.getByText('2 objects change')).toBeInTheDocument();
    await userEvent.click(
      screen.getByRole('button', { name: /^Deployment\/shop/ }),
    );
    expect(screen.getAllByRole('region', CHANGES)).toHaveLength(1);
    await userEvent.click(screen.getByRole('button', { name: 'Fold all' }));
    expect(screen.queryByRole('region', CHANGES)).not.toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: 'Unfold all' }));
    expect(screen.getAllByRole('region', CHANGES)).toHaveLength(2);
  });

  it('puts both sides beside each other', async () => {
    await show([IMAGE]);
    const region = screen.getByRole('region', CHANGES);
    const parent = (text: string) =>
      within(region).getByText(text, { exact: false, selector: 'div' })
        .parentElement?.parentElement;
    expect(parent('a:1')).toBe(region);
    await userEvent.click(screen.getByRole('button', { name: 'Side by side' }));
    expect(parent('a:1')).not.toBe(region);
    expect(parent('a:1')).toBe(parent('a:2'));
    expect(
      screen.getByRole('button', { name: 'One below the other' }),
    ).toHaveAttribute('aria-pressed', 'true');
  });

  it('says so when nothing changes', async () => {
    await show([]);
    expect(screen.getByText('Nothing changes.')).toBeInTheDocument();
  });
});
