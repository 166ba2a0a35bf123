import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { anAuditRecord, aWorkspace, EDITOR } from '../../__testUtils__/data';
import { FakeApi, refusal, type Answers } from '../../__testUtils__/FakeApi';
import { address, openWorkbench } from '../../__testUtils__/render';

const admin = () => aWorkspace({ can: [...EDITOR, 'amamba.audit.read'] });

function open(path: string, answers: Answers) {
  const api = new FakeApi({ getWorkspace: admin, ...answers });
  openWorkbench(path, api);
  return api;
}

describe('the audit of a workspace', () => {
  it('says who did what to what and how it ended', async () => {
    open('/audit/team-a', {
      listAudit: () => ({
        items: [
          anAuditRecord(),
          anAuditRecord({
            id: 'a2',
            actor: 'plugin:amamba',
            action: 'pipeline.delete',
            objectKind: 'pipeline',
            objectName: 'old',
            result: 'refused',
            reason: 'lacks the permission',
          }),
        ],
        total: 2,
      }),
    });
    const rows = within(
      await screen.findByRole('table', { name: 'Audit' }),
    ).getAllByRole('row');
    expect(rows[1]).toHaveTextContent('start run');
    expect(
      within(rows[1]).getByRole('link', { name: 'shop #42' }),
    ).toHaveAttribute(
      'href',
      '/workbench/pipelines/team-a/pipeline/shop/runs/42',
    );
    expect(rows[2]).toHaveTextContent('The portal');
    expect(rows[2]).toHaveTextContent('refused: lacks the permission');
    expect(within(rows[2]).queryByRole('link')).not.toBeInTheDocument();
  });

  it('asks for what the address says', async () => {
    const api = open(
      '/audit/team-a?q=shop&who=user:default/ann&what=run.start&result=failed&since=2026-11-01T00:00',
      {
        listAudit: () => ({ items: [], total: 0 }),
      },
    );
    expect(
      await screen.findByText('No entry matches the filters.'),
    ).toBeInTheDocument();
    expect(api.asked('listAudit')[0].query).toMatchObject({
      q: 'shop',
      who: 'user:default/ann',
      what: 'run.start',
      result: 'failed',
      from: new Date('2026-11-01T00:00').toISOString(),
    });
    await userEvent.click(
      screen.getAllByRole('button', { name: 'Clear filters' })[0],
    );
    await waitFor(() => expect(address()).toBe('/workbench/audit/team-a'));
    expect(
      await screen.findByText('Nothing was changed here yet.'),
    ).toBeInTheDocument();
  });

  it('says which permission is missing', async () => {
    const api = open('/audit/team-a', { getWorkspace: () => aWorkspace() });
    expect(
      await screen.findByText(
        'You need "amamba.audit.read" in Team A. Ask Bo.',
      ),
    ).toBeInTheDocument();
    expect(api.asked('listAudit')).toHaveLength(0);
  });

  it('says what failed', async () => {
    open('/audit/team-a', { listAudit: () => refusal(500, 'Broken.') });
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'The audit could not be loaded. Broken.',
    );
  });
});
