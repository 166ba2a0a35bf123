import {
  endpoints,
  type Endpoint,
} from '@amamba/backstage-plugin-amamba-common';
import type { TestBackend } from '@backstage/backend-test-utils';
import request from 'supertest';
import { as, startPortal } from './__testUtils__/portal';

const OPERATIONS = Object.entries<Endpoint>(endpoints);

const SERVED = OPERATIONS.filter(([, { auth }]) => auth === 'user');

/** A name that is right for each parameter of a path, of something that is not there. */
const NAMES: Record<string, string> = {
  workspace: 'team-a',
  run: '1',
  kind: 'component',
  terminal: '6f1ae1a0-7d0c-4f34-8f6a-111111111111',
};

function addressOf({ path }: Endpoint): string {
  return `/api/amamba${path.replace(/:([a-zA-Z]+)/g, (_all, name: string) => NAMES[name] ?? 'shop')}`;
}

describe('every operation of the contract', () => {
  let portal: TestBackend;

  beforeAll(async () => {
    portal = await startPortal();
  });
  afterAll(() => portal.stop());

  const call = (
    { method }: Endpoint,
    address: string,
    authorization?: string,
  ) => {
    const sent = request(portal.server)[
      method.toLocaleLowerCase('en-US') as 'get'
    ](address);
    return authorization ? sent.set('Authorization', authorization) : sent;
  };

  it.each(OPERATIONS)('%s wants to know who calls', async (_id, endpoint) => {
    const { status } = await call(
      endpoint,
      addressOf(endpoint),
      'Bearer nonsense',
    );
    expect(status).toBe(401);
  });

  it.each(SERVED)('%s is served', async (_id, endpoint) => {
    const { body } = await call(endpoint, addressOf(endpoint), as('ann'));
    expect(body.error?.message ?? '').not.toContain('no such operation');
  });

  it.each(['/v1/nothing', '/nothing'])(
    'an address of no operation, %s, is answered like other errors',
    async path => {
      const { status, body } = await request(portal.server)
        .get(`/api/amamba${path}`)
        .set('Authorization', as('ann'));
      expect(status).toBe(404);
      expect(body.error).toMatchObject({
        name: 'NotFoundError',
        message: expect.stringContaining('no such operation'),
      });
    },
  );
});
