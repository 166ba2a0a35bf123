import { renderInTestApp } from '@backstage/frontend-test-utils';
import { act, fireEvent, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { RunStage } from '@amamba/backstage-plugin-amamba-common';
import { giveElementsHeight } from '../__testUtils__/elementSize';
import { manyStages } from './__testUtils__/stages';
import { StageGraph } from './StageGraph';

const stage = (name: string, more: Partial<RunStage> = {}): RunStage => ({
  id: name,
  name,
  kind: 'stage',
  state: 'succeeded',
  children: [],
  ...more,
});

const STAGES: RunStage[] = [
  stage('Build', { durationMs: 4000 }),
  stage('Test', {
    kind: 'parallel',
    children: [
      stage('Unit tests', {
        kind: 'branch',
        state: 'failed',
        durationMs: 125_000,
      }),
      stage('Lint', { kind: 'branch', durationMs: 40_000 }),
    ],
  }),
  stage('Deploy', { state: 'skipped' }),
];

async function show(
  props: Partial<Parameters<typeof StageGraph>[0]> = {},
): Promise<jest.Mock> {
  const onSelect = jest.fn();
  await renderInTestApp(
    <StageGraph
      stages={STAGES}
      live={false}
      maxHeight={400}
      onSelect={onSelect}
      {...props}
    />,
  );
  return onSelect;
}

describe('StageGraph', () => {
  giveElementsHeight(400);

  it('says of each stage what it shows', async () => {
    await show({ selected: 'Unit tests' });
    const graph = screen.getByRole('group', { name: 'Stages' });
    const names = within(graph)
      .getAllByRole('button')
      .map(node => node.getAttribute('aria-label'));
    expect(names).toEqual([
      'Build, succeeded, 4 s, 1 of 3',
      'Test, succeeded, 2 of 3',
      'Unit tests, failed, 2 min, 1 of 2',
      'Lint, succeeded, 40 s, 2 of 2',
      'Deploy, skipped, 3 of 3',
    ]);
    expect(screen.getByRole('button', { name: /^Unit tests/ })).toHaveAttribute(
      'aria-current',
      'true',
    );
  });

  it('is one tab stop, and arrow keys follow the edges', async () => {
    const onSelect = await show();
    const user = userEvent.setup();
    const graph = screen.getByRole('group', { name: 'Stages' });
    const stops = within(graph)
      .getAllByRole('button')
      .filter(node => node.tabIndex === 0);
    expect(stops).toHaveLength(1);
    act(() => stops[0].focus());
    await user.keyboard('{ArrowRight}{ArrowRight}{ArrowDown}');
    expect(screen.getByRole('button', { name: /^Lint/ })).toHaveFocus();
    await user.keyboard('{ArrowRight}');
    expect(screen.getByRole('button', { name: /^Deploy/ })).toHaveFocus();
    await user.keyboard('{Home}{Enter}');
    expect(onSelect).toHaveBeenCalledWith('Build');
    expect(
      within(graph)
        .getAllByRole('button')
        .filter(node => node.tabIndex === 0),
    ).toHaveLength(1);
  });

  it('folds many branches, opens them, and folds them again', async () => {
    const cells = Array.from({ length: 12 }, (_, i) =>
      stage(`cell ${i + 1}`, {
        kind: 'branch',
        state: i === 4 ? 'failed' : 'succeeded',
      }),
    );
    await show({
      stages: [stage('Matrix', { kind: 'parallel', children: cells })],
    });
    const user = userEvent.setup();
    const graph = screen.getByRole('group', { name: 'Stages' });
    expect(within(graph).getAllByRole('button')).toHaveLength(3);
    expect(
      screen.getByRole('button', { name: /^cell 5, failed/ }),
    ).toBeVisible();
    const fold = screen.getByRole('button', { name: '12 branches, 1 failed' });
    expect(fold).toHaveAttribute('aria-expanded', 'false');
    await user.click(fold);
    expect(within(graph).getAllByRole('button')).toHaveLength(14);
    await user.click(
      screen.getByRole('button', { name: 'Fold 12 branches, 1 failed' }),
    );
    expect(within(graph).getAllByRole('button')).toHaveLength(3);
  });

  it('zooms by buttons and by the wheel with Ctrl', async () => {
    await show();
    const user = userEvent.setup();
    await user.click(screen.getByRole('button', { name: 'Zoom in' }));
    expect(screen.getByText('125%')).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'Fit' }));
    expect(screen.getByText('100%')).toBeVisible();
    const graph = screen.getByRole('group', { name: 'Stages' });
    fireEvent.wheel(graph, { deltaY: 100 });
    expect(screen.getByText('100%')).toBeVisible();
    fireEvent.wheel(graph, { deltaY: 100, ctrlKey: true });
    expect(screen.getByText('80%')).toBeVisible();
  });

  it('offers the same stages as a tree', async () => {
    const onSelect = await show();
    const user = userEvent.setup();
    await user.click(screen.getByRole('checkbox', { name: 'List' }));
    const tree = screen.getByRole('tree', { name: 'Stages' });
    const items = within(tree).getAllByRole('treeitem');
    expect(items).toHaveLength(5);
    expect(items[2]).toHaveAccessibleName('Failed Unit tests 2m 5s');
    expect(items[2]).toHaveAttribute('aria-level', '2');
    act(() => tree.focus());
    await user.keyboard('{ArrowDown}{ArrowRight}{Enter}');
    expect(onSelect).toHaveBeenCalledWith('Unit tests');
    await user.keyboard('{ArrowLeft}{ArrowLeft}');
    expect(within(tree).getAllByRole('treeitem')).toHaveLength(3);
    await user.click(screen.getByRole('checkbox', { name: 'Problems only' }));
    expect(screen.getByText('2 of 5')).toBeVisible();
  });

  it('lists the problems of more than 200 stages, and says so', async () => {
    const stages = manyStages(5000);
    const start = process.cpuUsage();
    await show({ stages });
    expect(process.cpuUsage(start).user / 1e6).toBeLessThan(5);
    expect(screen.getByRole('checkbox', { name: 'List' })).toBeChecked();
    expect(
      screen.getByRole('checkbox', { name: 'Problems only' }),
    ).toBeChecked();
    expect(screen.getByText(/ of 5,000$/)).toBeVisible();
    expect(screen.getAllByRole('treeitem').length).toBeLessThan(60);
  });
});
