import fc from 'fast-check';
import type { RunStage } from '@amamba/backstage-plugin-amamba-common';
import { runStages } from './__testUtils__/stages';
import { countStages } from './displayTree';
import { treeRows } from './treeRows';

const stage = (
  name: string,
  state: RunStage['state'],
  children: RunStage[] = [],
): RunStage => ({ id: name, name, kind: 'stage', state, children });

const ALL = { collapsed: new Set<string>(), problemsOnly: false };

describe('treeRows', () => {
  it('shows every stage that has a node, once, with its place', () => {
    fc.assert(
      fc.property(runStages, stages => {
        const rows = treeRows(stages, ALL);
        expect(rows).toHaveLength(countStages(stages));
        expect(new Set(rows.map(row => row.stage.id)).size).toBe(rows.length);
        const seen = new Map<string | undefined, number>();
        for (const row of rows) {
          const position = (seen.get(row.parent) ?? 0) + 1;
          seen.set(row.parent, position);
          expect(row.position).toBe(position);
        }
        for (const row of rows) {
          expect(row.siblings).toBe(seen.get(row.parent));
        }
      }),
    );
  });

  it('shows only problems and what they are in', () => {
    const rows = treeRows(
      [
        stage('Build', 'succeeded'),
        stage('Test', 'succeeded', [
          stage('Unit', 'failed'),
          stage('Lint', 'succeeded'),
        ]),
        stage('Deploy', 'notStarted'),
      ],
      { ...ALL, problemsOnly: true },
    );
    expect(
      rows.map(({ stage: { name }, position, siblings, level }) => [
        name,
        level,
        position,
        siblings,
      ]),
    ).toEqual([
      ['Test', 1, 1, 1],
      ['Unit', 2, 1, 1],
    ]);
  });

  it('leaves out what is below a closed stage', () => {
    const rows = treeRows(
      [stage('Test', 'succeeded', [stage('Unit', 'failed')])],
      { ...ALL, collapsed: new Set(['Test']) },
    );
    expect(rows).toHaveLength(1);
    expect(rows[0].expanded).toBe(false);
  });
});
