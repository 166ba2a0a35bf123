import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { Consequence } from '@amamba/backstage-plugin-amamba-common';
import {
  aDeployment,
  anApplication,
  NO_NAMESPACES,
} from '../../../__testUtils__/applications';
import { FakeApi, refusal, type Answers } from '../../../__testUtils__/FakeApi';
import { address, openWorkbench } from '../../../__testUtils__/render';

const PATH = '/applications/team-a/application/east/prod/deployment/pay';
const PARAMS = {
  workspace: 'team-a',
  cluster: 'east',
  namespace: 'prod',
  kind: 'deployment',
  name: 'pay',
};

const consequence = (values: Partial<Consequence> = {}): Consequence => ({
  will: [
    {
      code: 'scaleUp',
      params: { from: 2, to: 5, count: 3 },
      sentence: 'From 2 to 5 pods: 3 start.',
    },
  ],
  warnings: [],
  diff: [],
  basis: 'b1',
  ...values,
});

async function open(path: string, answers: Answers = {}) {
  const api = new FakeApi({
    getApplication: () => anApplication(),
    getTopology: () => ({ nodes: [], edges: [] }),
    previewAct: () => consequence(),
    act: () => aDeployment(),
    ...answers,
  });
  const portal = openWorkbench(PATH + path, api);
  await screen.findByRole(
    'heading',
    { level: 2, name: 'pay' },
    { timeout: 20_000 },
  );
  return { api, ...portal };
}

const menu = async (item: string) => {
  await userEvent.click(screen.getByRole('button', { name: 'More for pay' }));
  await userEvent.click(screen.getByRole('menuitem', { name: item }));
};

describe('acts', () => {
  it('say what will happen, and do what was looked at', async () => {
    const { api, toasts } = await open('/topology', {
      previewAct: () =>
        consequence({
          will: [
            { code: 'restart', params: { count: 2 }, sentence: 'All 2 …' },
          ],
          warnings: [
            { code: 'apiServer', params: {}, sentence: 'Deprecated field.' },
          ],
          diff: [
            {
              object: 'Deployment/pay',
              change: 'update',
              hunks: [{ path: 'spec.template.metadata', after: 'restartedAt' }],
              warnings: [],
            },
          ],
        }),
    });
    await userEvent.click(screen.getByRole('button', { name: 'Restart pay' }));
    const dialog = await screen.findByRole('dialog', { name: 'Restart pay?' });
    expect(dialog).toHaveTextContent(
      'All 2 pods are replaced, one after the other.',
    );
    expect(dialog).toHaveTextContent('Deprecated field.');
    await userEvent.click(
      within(dialog).getByRole('button', {
        name: 'Show the changes line by line',
      }),
    );
    expect(dialog).toHaveTextContent('spec.template.metadata');
    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Restart pay' }),
    );
    await waitFor(() =>
      expect(toasts[0]).toMatchObject({ title: 'Requested: Restart pay' }),
    );
    expect(api.asked('act')).toEqual([
      {
        params: PARAMS,
        body: {
          act: {
            act: 'restart',
            workload: { kind: 'Deployment', name: 'pay' },
          },
          basis: 'b1',
        },
      },
    ]);
  });

  it('are looked at anew when the workload changed meanwhile', async () => {
    const { api } = await open('/topology', {
      act: () => refusal(409, 'Deployment pay changed meanwhile.'),
    });
    await userEvent.click(screen.getByRole('button', { name: 'Restart pay' }));
    const dialog = await screen.findByRole('dialog', { name: 'Restart pay?' });
    api.answer({ previewAct: () => consequence({ basis: 'b2' }) });
    const confirm = within(dialog).getByRole('button', { name: 'Restart pay' });
    await userEvent.click(confirm);
    expect(await within(dialog).findByRole('alert')).toHaveTextContent(
      'Deployment pay changed meanwhile.',
    );
    await waitFor(() => expect(api.asked('previewAct')).toHaveLength(2));
    api.answer({ act: () => aDeployment() });
    await userEvent.click(confirm);
    await waitFor(() => expect(api.asked('act')).toHaveLength(2));
    expect(api.asked('act')[1].body).toMatchObject({ basis: 'b2' });
  });

  it('ask for a number of pods first', async () => {
    const { api } = await open('/topology');
    await userEvent.click(screen.getByRole('button', { name: 'Scale pay' }));
    const dialog = await screen.findByRole('dialog', { name: 'Scale pay?' });
    const confirm = within(dialog).getByRole('button', { name: 'Scale pay' });
    expect(confirm).toHaveAttribute('aria-disabled', 'true');
    expect(api.asked('previewAct')).toHaveLength(0);
    const pods = within(dialog).getByRole('spinbutton', { name: 'Pods' });
    await userEvent.clear(pods);
    await userEvent.type(pods, '5');
    expect(
      await within(dialog).findByText('From 2 to 5 pods: 3 start.'),
    ).toBeInTheDocument();
    await userEvent.click(confirm);
    await waitFor(() => expect(api.asked('act')).toHaveLength(1));
    expect(api.asked('act')[0].body).toMatchObject({
      act: { act: 'scale', replicas: 5 },
    });
  });

  it('take an image only in the words of registries', async () => {
    const { api } = await open('/topology');
    await menu('Change image of pay');
    const dialog = await screen.findByRole('dialog', {
      name: 'Change image of pay?',
    });
    const image = within(dialog).getByRole('textbox', { name: 'app' });
    await userEvent.clear(image);
    await userEvent.type(image, 'Pay 2');
    expect(
      within(dialog).getByRole('button', { name: 'Change image of pay' }),
    ).toHaveAttribute('aria-disabled', 'true');
    expect(image).toBeInvalid();
    await userEvent.clear(image);
    await userEvent.type(image, 'store/pay:2.2');
    await waitFor(() =>
      expect(api.asked('previewAct').at(-1)?.body).toMatchObject({
        act: { images: [{ container: 'app', image: 'store/pay:2.2' }] },
      }),
    );
  });

  it('go back to a revision that was compared', async () => {
    const revision = {
      id: 'pay-1',
      number: 1,
      workload: 'Deployment/pay',
      current: false,
      images: ['pay:2.0'],
      createdAt: '2026-11-03T13:00:00.000Z',
    };
    const { api } = await open('/revisions', {
      listRevisions: () => ({
        items: [
          { ...revision, id: 'pay-2', number: 2, current: true },
          revision,
        ],
      }),
      compareRevisions: () => ({
        items: [
          {
            object: 'Deployment/pay',
            change: 'update',
            hunks: [{ path: 'spec.x', before: 'old', after: 'new' }],
            warnings: [],
          },
        ],
      }),
    });
    await userEvent.click(
      await screen.findByRole('button', {
        name: 'What changed in revision 2',
      }),
    );
    expect(
      await screen.findByRole('heading', { name: 'Revision 1 → 2' }),
    ).toBeInTheDocument();
    expect(address()).toContain('compare=pay-1..pay-2');
    expect(await screen.findByText('spec.x')).toBeInTheDocument();
    await userEvent.click(
      screen.getByRole('button', { name: 'Roll back to revision 1' }),
    );
    const label = 'Roll back pay to revision 1';
    const dialog = await screen.findByRole('dialog', { name: `${label}?` });
    await userEvent.click(within(dialog).getByRole('button', { name: label }));
    await waitFor(() =>
      expect(api.asked('act')[0]?.body).toMatchObject({
        act: { act: 'rollback', revision: 'pay-1' },
      }),
    );
  });
});

describe('deletion', () => {
  const operation = {
    id: '00000000-0000-4000-8000-000000000001',
    kind: 'application.delete',
    object: 'prod/pay',
    state: 'running' as const,
    steps: [],
    startedAt: '2026-11-03T13:00:00.000Z',
    startedBy: 'user:default/ann',
  };

  it('wants the name, keeps what is ticked, and follows to the end', async () => {
    const { api, toasts } = await open('/topology', {
      getApplication: () =>
        anApplication({
          resources: [
            aDeployment(),
            aDeployment({
              kind: 'PersistentVolumeClaim',
              name: 'data',
              acts: [],
              facts: ['20Gi'],
            }),
          ],
        }),
      previewApplicationDeletion: () =>
        consequence({
          will: [{ code: 'x', params: {}, sentence: '2 pods stop.' }],
        }),
      deleteApplication: () => operation,
      getOperation: () => ({ ...operation, state: 'done' }),
      listApplications: () => ({
        items: [],
        total: 0,
        counts: {},
        warnings: [],
        setup: { state: 'ready' },
      }),
      listNamespaces: () => NO_NAMESPACES,
    });
    await menu('Delete pay');
    const dialog = await screen.findByRole('dialog', { name: 'Delete pay?' });
    await userEvent.click(
      within(dialog).getByRole('radio', { name: 'goes on without them' }),
    );
    await userEvent.click(
      within(dialog).getByRole('checkbox', {
        name: 'PersistentVolumeClaim/data · 20Gi',
      }),
    );
    expect(await within(dialog).findByText('2 pods stop.')).toBeInTheDocument();
    const confirm = within(dialog).getByRole('button', { name: 'Delete pay' });
    expect(confirm).toHaveAttribute('aria-disabled', 'true');
    await userEvent.type(within(dialog).getByRole('textbox'), 'pay');
    // it is gone as soon as it is deleted
    api.answer({ getApplication: () => refusal(404, 'There is no pay.') });
    await userEvent.click(confirm);
    await waitFor(() =>
      expect(toasts[0]).toMatchObject({ title: 'pay is deleted.' }),
    );
    expect(api.asked('deleteApplication')[0]).toEqual({
      params: PARAMS,
      body: {
        propagation: 'orphan',
        keep: ['PersistentVolumeClaim/data'],
        confirm: 'pay',
      },
    });
    await waitFor(() =>
      expect(address()).toBe('/workbench/applications/team-a'),
    );
  });
});
