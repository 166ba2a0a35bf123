import { describeWithClusters } from 'sandbox';
import {
  startTeamNamespace,
  until,
  type TeamNamespace,
} from '../__testUtils__/teamNamespace';

jest.setTimeout(120_000);

const CLUSTER = 'test-0';

const workload = (name: string, volumes = '') => `
apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name} }
spec:
  replicas: 1
  selector: { matchLabels: { app: ${name} } }
  template:
    metadata: { labels: { app: ${name} } }
    spec:
      containers: [{ name: web, image: "web:1" }]
      ${volumes}
---
apiVersion: v1
kind: Service
metadata: { name: ${name} }
spec: { selector: { app: ${name} }, ports: [{ port: 80 }] }
`;
const claim = (name: string) => `
apiVersion: v1
kind: PersistentVolumeClaim
metadata: { name: ${name} }
spec:
  accessModes: [ReadWriteOnce]
  resources: { requests: { storage: 1Gi } }
`;
const mounting = (name: string) =>
  `volumes: [{ name: data, persistentVolumeClaim: { claimName: ${name} } }]`;

interface Row {
  kind: string;
  name: string;
}
interface Words {
  code: string;
  params: Record<string, unknown>;
}

describeWithClusters(
  1,
  'importing and deleting on a real cluster',
  clusters => {
    let team: TeamNamespace;
    let target: { cluster: string; namespace: string };

    const importable = () => {
      const { cluster, namespace } = target;
      const query = `cluster=${cluster}&namespace=${namespace}`;
      return team.portal.get(`${team.base}/importable?${query}`, 'ed');
    };

    beforeAll(async () => {
      team = await startTeamNamespace(clusters());
      target = { cluster: CLUSTER, namespace: team.cluster.namespace };
      await team.cluster.client.applyYaml(
        [
          ...[workload('shop'), workload('cart'), workload('alone')],
          ...[workload('store', mounting('store')), claim('store')],
          ...[workload('left'), workload('slow')],
        ].join('---'),
        target.namespace,
      );
      await until(
        () => importable(),
        ({ body }) => body.items?.length === 6,
      );
    });
    afterAll(() => team.portal.stop());

    const importAs = (name: string, workloads: string[], user = 'ed') =>
      team.portal.call('post', `${team.base}/import`, user, {
        ...{ ...target, name, workloads },
        description: 'what sells',
      });
    const apps = (name: string) =>
      `/apis/apps/v1/namespaces/${target.namespace}/deployments/${name}`;
    const core = (plural: string, name: string) =>
      `/api/v1/namespaces/${target.namespace}/${plural}/${name}`;
    const application = (name: string) =>
      `/apis/app.k8s.io/v1beta1/namespaces/${target.namespace}/applications/${name}`;
    const find = (path: string) => team.cluster.client.find(path);
    const trail = async () => {
      const path = '/workspaces/team-a/audit?limit=1';
      const { body } = await team.portal.get(path, 'ann');
      return body.items[0];
    };

    it('makes an application of what runs', async () => {
      const { status, body } = await importAs('sale', [
        'Deployment/shop',
        'Deployment/cart',
      ]);
      expect([status, body.error]).toEqual([201, undefined]);
      expect(body).toMatchObject({
        kind: 'application',
        name: 'sale',
        description: 'what sells',
      });
      expect(await trail()).toMatchObject({
        action: 'application.import',
        result: 'done',
      });
      const seen = await until(
        () => team.portal.get(`${team.path}/application/sale`, 'vi'),
        answer => answer.body.resources?.length === 4,
      );
      expect(
        seen.body.resources.map(({ kind, name }: Row) => `${kind}/${name}`),
      ).toEqual(expect.arrayContaining(['Service/shop', 'Deployment/shop']));
      const left = await importable();
      expect(left.body.items.map(({ name }: Row) => name)).toEqual([
        ...['alone', 'left', 'slow', 'store'],
      ]);
    });

    it.each([
      ['a workload that is not there', ['Deployment/nothing'], 'fresh', 400],
      ['a workload of another application', ['Deployment/shop'], 'fresh', 400],
      ['a name that is taken', ['Deployment/alone'], 'sale', 409],
      ['a name that is no label', ['Deployment/alone'], 'a'.repeat(64), 400],
    ])('imports nothing for %s', async (_what, workloads, name, status) => {
      const answer = await importAs(name, ['Deployment/left', ...workloads]);
      expect(answer.status).toBe(status);
      expect(await find(application('fresh'))).toBeUndefined();
      const left = await find(apps('left'));
      expect(left?.metadata.labels ?? {}).toEqual({});
      expect(await trail()).toMatchObject({ result: 'failed' });
    });

    it('says what deleting would lose, and asks for the name', async () => {
      const path = `${team.path}/deployment/store`;
      const body = { propagation: 'background' };
      const { body: seen } = await team.portal.call(
        'post',
        `${path}/deletion`,
        'ed',
        body,
      );
      expect(seen.diff.map(({ object }: { object: string }) => object)).toEqual(
        [
          ...[
            'Deployment/store',
            'Service/store',
            'PersistentVolumeClaim/store',
          ],
        ],
      );
      expect(seen.warnings.map(({ code }: Words) => code)).toEqual([
        'loseVolumes',
      ]);
      const bare = await team.portal.call('delete', path, 'ed', body);
      expect(bare.status).toBe(400);
      expect(bare.body.error.message).toContain('Type the name');
      expect(await trail()).toMatchObject({ result: 'failed' });
      const kept = await team.finish('delete', path, 'ed', {
        ...body,
        keep: ['PersistentVolumeClaim/store'],
      });
      expect(kept.state).toBe('done');
      expect(await find(apps('store'))).toBeUndefined();
      expect(await find(core('persistentvolumeclaims', 'store'))).toBeDefined();
      expect(await trail()).toMatchObject({
        action: 'application.delete',
        result: 'done',
        details: { objects: 'Deployment/store, Service/store' },
      });
    });

    it('deletes an application alone, or with all its parts', async () => {
      const path = `${team.path}/application/sale`;
      const alone = await team.portal.call('post', `${path}/deletion`, 'ed', {
        propagation: 'orphan',
      });
      expect(alone.body.will.map(({ code }: Words) => code)).toEqual([
        ...['deleteGroup', 'deleteObjects'],
      ]);
      expect(alone.body.diff).toHaveLength(1);
      const { state, steps } = await team.finish('delete', path, 'ed', {
        propagation: 'foreground',
        keep: ['Deployment/cart'],
      });
      expect(state).toBe('done');
      expect(steps.map(({ text }) => text)).toEqual([
        'Deployment/shop is deleted',
        'Service/cart is deleted',
        'Service/shop is deleted',
        'Application/sale is deleted',
        'Waiting until everything below is gone',
      ]);
      expect(await find(application('sale'))).toBeUndefined();
      expect(await find(apps('shop'))).toBeUndefined();
      expect(await find(apps('cart'))).toBeDefined();
    });

    it('leaves pods running as orphans', async () => {
      const path = `${team.path}/deployment/left`;
      const { state } = await team.finish('delete', path, 'ed', {
        propagation: 'orphan',
      });
      expect(state).toBe('done');
      const gone = await until(
        () => find(apps('left')),
        found => found === undefined,
      );
      expect(gone).toBeUndefined();
      const pods = await team.cluster.client.list(
        core('pods', '').slice(0, -1),
      );
      expect(
        pods.some(({ metadata }) => metadata.name?.startsWith('left-')),
      ).toBe(true);
      expect(await find(core('services', 'left'))).toBeDefined();
    });

    it('waits for what a finalizer holds, and nobody deletes it a second time meanwhile', async () => {
      const path = `${team.path}/deployment/slow`;
      await team.cluster.client.mergePatch(core('services', 'slow'), {
        metadata: { finalizers: ['example.com/hold'] },
      });
      const begun = await team.portal.call('delete', path, 'ed', {
        propagation: 'foreground',
      });
      expect(begun.status).toBe(202);
      const again = await team.portal.call('delete', path, 'ed', {});
      expect([404, 409]).toContain(again.status);
      await team.cluster.client.mergePatch(core('services', 'slow'), {
        metadata: { finalizers: null },
      });
      const seen = await until(
        () =>
          team.portal.get(
            `/workspaces/team-a/operations/${begun.body.id}`,
            'vi',
          ),
        ({ body }) => body.state !== 'running',
      );
      expect(seen.body.state).toBe('done');
    });

    it.each([
      ['keep', { keep: ['Deployment/other'] }, 'has no Deployment/other'],
      ['propagation', { propagation: 'sideways' }, 'propagation'],
    ])('names a wrong %s', async (_what, body, message) => {
      const path = `${team.path}/deployment/alone`;
      const answer = await team.portal.call('delete', path, 'ed', body);
      expect(answer.status).toBe(400);
      expect(answer.body.error.message).toContain(message);
    });

    it.each([
      ['a viewer', 'vi', 403],
      ['a stranger', 'sam', 404],
    ])('is nothing for %s', async (_who, user, status) => {
      const path = `${team.path}/deployment/alone`;
      const answers = await Promise.all([
        team.portal.call('delete', path, user, {}),
        team.portal.call('post', `${path}/deletion`, user, {}),
        importAs('mine', ['Deployment/alone'], user),
      ]);
      expect(answers.map(answer => answer.status)).toEqual([
        ...[status, status, status],
      ]);
      expect(await find(apps('alone'))).toBeDefined();
    });
  },
);
