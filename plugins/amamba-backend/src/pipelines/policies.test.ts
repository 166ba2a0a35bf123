import { pipelineEnginesExtensionPoint } from '@amamba/backstage-plugin-amamba-node';
import { permissionsServiceFactory } from '@backstage/backend-defaults/permissions';
import { permissionsRegistryServiceFactory } from '@backstage/backend-defaults/permissionsRegistry';
import {
  coreServices,
  createBackendModule,
  createServiceFactory,
  type BackendFeature,
} from '@backstage/backend-plugin-api';
import { mockServices, type TestBackend } from '@backstage/backend-test-utils';
import permissionBackend from '@backstage/plugin-permission-backend';
import type { PermissionPolicy } from '@backstage/plugin-permission-node';
import { policyExtensionPoint } from '@backstage/plugin-permission-node/alpha';
import { readFileSync } from 'fs';
import { resolve } from 'path';
import request from 'supertest';
import { OnCallApprovesPolicy } from '../__testUtils__/policies/onCallApprovesPolicy';
import runInDev from '../__testUtils__/policies/policyModule';
import { as, startPortal } from '../__testUtils__/portal';
import { FakeEngine } from './__testUtils__/FakeEngine';

/** The policies that docs/permissions.md shows, in front of the portal's real permission backend. */
const BASE = '/api/amamba/v1/workspaces/team-a/pipelines';

function policyModule(policy: PermissionPolicy): BackendFeature {
  return createBackendModule({
    pluginId: 'permission',
    moduleId: 'tested-policy',
    register(env) {
      env.registerInit({
        deps: { policies: policyExtensionPoint },
        init: async ({ policies }) => policies.setPolicy(policy),
      });
    },
  });
}

function engineModule(engine: FakeEngine): BackendFeature {
  return createBackendModule({
    pluginId: 'amamba',
    moduleId: 'fake-engine',
    register(env) {
      env.registerInit({
        deps: { engines: pipelineEnginesExtensionPoint },
        init: async ({ engines }) => engines.addEngine(engine),
      });
    },
  });
}

/**
 * As the real service: whom a plugin asks for comes with that plugin's name. The permission backend gives conditions to
 * plugins only.
 */
const actorOfPlugins = createServiceFactory({
  service: coreServices.httpAuth,
  deps: { plugin: coreServices.pluginMetadata },
  factory: ({ plugin }) => {
    const pluginId = plugin.getId();
    const httpAuth = mockServices.httpAuth({ pluginId });
    if (pluginId !== 'permission') return httpAuth;
    return {
      issueUserCookie: (...args) => httpAuth.issueUserCookie(...args),
      async credentials(req, options) {
        const credentials = await httpAuth.credentials(req, options);
        const actor = { type: 'service', subject: 'plugin:amamba' };
        Object.assign(credentials.principal as object, { actor });
        return credentials;
      },
    };
  },
});

describe('policies of the documentation', () => {
  let backend: TestBackend;
  let engine: FakeEngine;

  const get = (path: string, user: string) =>
    request(backend.server)
      .get(`${BASE}${path}`)
      .set('Authorization', as(user));
  const post = (path: string, body: object, user: string) =>
    request(backend.server)
      .post(`${BASE}${path}`)
      .set('Authorization', as(user))
      .send(body);
  const create = async (name: string, environment?: string) => {
    const { body } = await post(
      '',
      {
        ...{ name, environment },
        source: { type: 'script', script: 'pipeline { }' },
      },
      'ann',
    );
    expect(body).toMatchObject({ name, sync: { state: 'synced' } });
  };

  const start = async (policy: BackendFeature) => {
    engine = new FakeEngine();
    backend = await startPortal({
      config: { permission: { enabled: true } },
      features: [
        permissionsServiceFactory,
        permissionsRegistryServiceFactory,
        permissionBackend,
        actorOfPlugins,
        policy,
        engineModule(engine),
      ],
    });
  };

  afterEach(() => backend.stop());

  it('run in dev, not in prod', async () => {
    await start(runInDev);
    await create('shop-dev', 'dev');
    await create('shop-prod', 'prod');
    await create('shop-anywhere');

    const runs = async (user: string) => {
      const statuses: Record<string, number> = {};
      for (const name of ['shop-dev', 'shop-prod', 'shop-anywhere']) {
        const { status } = await post(`/${name}/runs`, {}, user);
        statuses[name] = status;
      }
      return statuses;
    };
    const all = (status: number) => ({
      ...{ 'shop-dev': status, 'shop-prod': status, 'shop-anywhere': status },
    });
    const devOnly = { ...all(403), 'shop-dev': 202 };
    expect(await runs('ed')).toEqual(devOnly);
    expect(await runs('ann')).toEqual(devOnly);
    expect(await runs('pat')).toEqual(devOnly);
    expect(await runs('rel')).toEqual(all(202));
    expect(await runs('vi')).toEqual(all(403));
    expect(await runs('sam')).toEqual(all(404));

    // what is offered is what may be done
    const offered = async (user: string) => {
      const { body } = await get('?sort=name', user);
      return body.items
        .filter(({ can }: { can: string[] }) =>
          can.includes('amamba.run.start'),
        )
        .map(({ name }: { name: string }) => name);
    };
    expect(await offered('ed')).toEqual(['shop-dev']);
    expect(await offered('vi')).toEqual([]);
    expect(await offered('rel')).toEqual([
      'shop-anywhere',
      'shop-dev',
      'shop-prod',
    ]);
  });

  it('only on-call approves', async () => {
    await start(policyModule(new OnCallApprovesPolicy()));
    await create('shop');
    expect((await post('/shop/runs', {}, 'ed')).status).toBe(202);
    const [run] = engine.startQueued();
    run.approvals = [
      {
        ...{ id: 'Deploy', message: 'Deploy?', okLabel: 'Go', stage: 'Deploy' },
        ...{ approvers: [], parameters: [] },
      },
    ];
    const approvals = async (user: string) =>
      (await get('/shop/runs/1', user)).body.approvals;
    for (let i = 0; i < 60 && !(await approvals('ed'))?.length; i++) {
      await new Promise(done => setTimeout(done, 100));
    }
    expect(await approvals('ed')).toMatchObject([{ mayDecide: false }]);
    expect(await approvals('cal')).toMatchObject([{ mayDecide: true }]);

    const approve = async (user: string) => {
      const body = { decision: 'approve' };
      return (await post('/shop/runs/1/approvals/Deploy', body, user)).status;
    };
    expect(await approve('ed')).toBe(403);
    expect(await approve('ann')).toBe(403);
    expect(await approve('pat')).toBe(403);
    expect(await approve('vi')).toBe(403);
    // on call, but a stranger here
    expect(await approve('olaf')).toBe(404);
    expect(await approve('sam')).toBe(404);
    expect(run.approvals).toHaveLength(1);
    expect(await approve('cal')).toBe(200);
    expect(run.approvals).toHaveLength(0);
  });
});

describe('docs/permissions.md', () => {
  const document = readFileSync(
    resolve(__dirname, '../../../../docs/permissions.md'),
    'utf8',
  );

  it.each(['policyModule', 'runInDevPolicy', 'onCallApprovesPolicy'])(
    'shows %s.ts as it is tested here',
    name => {
      const text = readFileSync(
        resolve(__dirname, `../__testUtils__/policies/${name}.ts`),
        'utf8',
      );
      expect(document).toContain(`\`\`\`ts\n// ${name}.ts\n${text}\`\`\``);
    },
  );
});
