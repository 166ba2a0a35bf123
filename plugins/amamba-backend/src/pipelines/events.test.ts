import { mockServices, type TestBackend } from '@backstage/backend-test-utils';
import { randomUUID } from 'crypto';
import request from 'supertest';
import { startPortal } from '../__testUtils__/portal';

const TOKEN = 'a-secret-of-at-least-16-characters';
const PATH = '/api/amamba/v1/events/jenkins/ci';

function body(more: object = {}) {
  return {
    ...{ id: randomUUID(), type: 'run.started', source: 'job/team-a/job/p/' },
    data: {
      ...{ number: 1, queueId: 3, _parentFullName: 'team-a' },
      ...{ _projectName: 'p', _multiBranch: false },
    },
    ...more,
  };
}

describe('the inbox of events over HTTP', () => {
  let backend: TestBackend;
  const log = mockServices.logger.mock();
  log.child.mockReturnValue(log);

  beforeAll(async () => {
    const instance = {
      ...{ username: 'portal', apiToken: 'token', eventToken: TOKEN },
      baseUrl: 'http://127.0.0.1:9',
    };
    backend = await startPortal({
      amamba: {
        jenkins: {
          instances: [
            { ...instance, id: 'ci' },
            { ...instance, id: 'closed', eventToken: undefined },
          ],
        },
      },
    });
  });

  afterAll(() => backend.stop());

  const post = (path: string) => request(backend.server).post(path);

  it('takes the secret from the header and from the address', async () => {
    const header = await post(PATH)
      .set('Authorization', `Bearer ${TOKEN}`)
      .send(body());
    expect(header.status).toBe(204);
    const query = await post(`${PATH}?token=${TOKEN}`).send(body());
    expect(query.status).toBe(204);
  });

  it('answers a replayed event like a new one', async () => {
    const event = body();
    const send = () => post(`${PATH}?token=${TOKEN}`).send(event);
    const answers = await Promise.all([send(), send(), send()]);
    expect(answers.map(({ status }) => status)).toEqual([204, 204, 204]);
  });

  it.each([
    ['no secret', PATH, {}],
    ['a wrong one', `${PATH}?token=wrong`, {}],
    ['a wrong one in the header', PATH, { Authorization: 'Bearer x' }],
    ['another scheme', PATH, { Authorization: `Basic ${TOKEN}` }],
    ['several', `${PATH}?token=${TOKEN}&token=${TOKEN}`, {}],
    ['an unknown engine', `${PATH}x?token=${TOKEN}`, {}],
    [
      'an engine without a secret',
      `/api/amamba/v1/events/jenkins/closed?token=${TOKEN}`,
      {},
    ],
  ])(
    'refuses %s, without a word about the secret',
    async (_, path, headers) => {
      const answer = await post(path).set(headers).send(body());
      expect(answer.status).toBe(401);
      expect(JSON.stringify(answer.body.error)).not.toContain(TOKEN);
    },
  );

  it('reads no body of a caller without the secret, and none beyond 10 MB', async () => {
    const big = JSON.stringify(body({ filler: 'x'.repeat(11_000_000) }));
    const send = (path: string) =>
      post(path).set('Content-Type', 'application/json').send(big);
    expect((await send(PATH)).status).toBe(401);
    expect((await send(`${PATH}?token=${TOKEN}`)).status).toBe(413);
    const large = JSON.stringify(body({ filler: 'x'.repeat(10_000_000) }));
    const taken = await post(`${PATH}?token=${TOKEN}`)
      .set('Content-Type', 'application/json')
      .send(large);
    expect(taken.status).toBe(204);
  });

  it('names what is wrong with a body', async () => {
    const send = (text: string) =>
      post(`${PATH}?token=${TOKEN}`)
        .set('Content-Type', 'application/json')
        .send(text);
    expect((await send('{"half": ')).status).toBe(400);
    expect((await send('')).status).toBe(400);
    const missing = await send('{}');
    expect(missing.status).toBe(400);
    expect(missing.body.error.message).toMatch(/id: /);
    const other = JSON.stringify({ id: '1', type: 'unheard.of', data: null });
    expect((await send(other)).status).toBe(204);
  });
});
