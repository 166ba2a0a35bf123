import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import { NotAllowedError } from '@backstage/errors';
import { migrate } from '../database';
import { AuditService } from './AuditService';
import { AuditStore } from './AuditStore';

const databases = TestDatabases.create({ ids: ['SQLITE_3'] });

const ACT = {
  action: 'pipeline.sync',
  workspace: { name: 'team-a' },
  object: { kind: 'pipeline', name: 'shop' },
  details: { attempts: 2 },
};

describe('what the portal does by itself', () => {
  const ended = { success: jest.fn(), fail: jest.fn() };
  const auditor = mockServices.auditor.mock({
    createEvent: async () => ended,
  });
  let store: AuditStore;
  let audit: AuditService;

  beforeEach(async () => {
    const database = await databases.init('SQLITE_3');
    await migrate(database);
    store = new AuditStore(database);
    const unused = () => {
      throw new Error('nobody calls, so nobody is judged');
    };
    audit = new AuditService({
      ...{ auditor, store, logger: mockServices.logger.mock() },
      authorizer: {
        identity: unused,
        require: unused,
        requirePlatform: unused,
      },
      workspaces: { get: unused },
    });
  });
  afterEach(() => jest.clearAllMocks());

  it('is told to the auditor service and shown, under the portal’s name', async () => {
    await audit.system(ACT);
    expect(auditor.createEvent).toHaveBeenCalledWith(
      expect.objectContaining({
        eventId: 'pipeline-sync',
        meta: {
          workspace: 'team-a',
          object: 'pipeline:shop',
          actor: 'plugin:amamba',
        },
      }),
    );
    expect(ended.success).toHaveBeenCalledWith({ meta: ACT.details });
    const { items } = await store.list('team-a', { limit: 50 });
    expect(items).toMatchObject([
      { actor: 'plugin:amamba', action: 'pipeline.sync', result: 'done' },
    ]);
  });

  it.each([
    { error: new Error('no disk'), result: 'failed' },
    { error: new NotAllowedError('not yours'), result: 'refused' },
  ])('is $result with its reason', async ({ error, result }) => {
    await audit.system(ACT, error);
    expect(ended.fail).toHaveBeenCalledWith({ error, meta: ACT.details });
    const { items } = await store.list('team-a', { limit: 50 });
    expect(items).toMatchObject([
      { result, reason: error.message, details: ACT.details },
    ]);
  });
});
