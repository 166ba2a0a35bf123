import {
  auditReadPermission,
  pipelineReadPermission,
  pipelineUpdatePermission,
  runStartPermission,
  workspaceReadPermission,
} from '@amamba/backstage-plugin-amamba-common';
import {
  pipelineRules,
  runRules,
  workspaceRules,
} from '@amamba/backstage-plugin-amamba-node';
import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import {
  AuthorizeResult,
  type PolicyDecision,
  type ResourcePermission,
} from '@backstage/plugin-permission-common';
import type { WorkspaceRecord } from './WorkspaceRecord';
import { Authorizer, type PipelineTarget } from './Authorizer';
import { CallerIdentity } from './CallerIdentity';

const ALLOW: PolicyDecision = { result: AuthorizeResult.ALLOW };
const DENY: PolicyDecision = { result: AuthorizeResult.DENY };

const workspace: WorkspaceRecord = {
  ...{ name: 'team-a', ref: 'group:default/team-a', title: 'Team A' },
  grants: [{ subject: 'group:default/team-a', role: 'editor' }],
};
const shop: PipelineTarget = {
  ...{ id: '1', name: 'shop', workspaceRef: workspace.ref },
  ...{ createdBy: 'user:default/ann', environment: 'dev' },
};

function user(name: string) {
  return { credentials: mockCredentials.user(`user:default/${name}`) };
}

/** An authoriser whose policy and groups a test changes as it goes. */
function world(mode: 'roles' | 'policy' = 'policy') {
  const says = new Map<string, PolicyDecision>();
  const groups = new Map([['user:default/ann', ['group:default/team-a']]]);
  const asked: string[][] = [];
  const refOf = (credentials: BackstageCredentials) =>
    (credentials.principal as { userEntityRef?: string }).userEntityRef ?? '-';
  const permissions = mockServices.permissions.mock({
    authorizeConditional: async (queries, options) => {
      const who =
        options && 'credentials' in options ? refOf(options.credentials) : '';
      asked.push([who, ...queries.map(({ permission }) => permission.name)]);
      return queries.map(
        ({ permission }) => says.get(`${who} ${permission.name}`) ?? DENY,
      );
    },
  });
  const rules = [...workspaceRules, ...pipelineRules, ...runRules];
  const registry = mockServices.permissionsRegistry.mock({
    getPermissionRuleset: ref => ({
      getRuleByName: name => {
        const rule = rules.find(
          item => item.name === name && item.resourceType === ref.resourceType,
        );
        if (!rule) throw new Error(`no rule ${name}`);
        return rule as never;
      },
    }),
  });
  const userInfo = mockServices.userInfo.mock({
    getUserInfo: async credentials => ({
      userEntityRef: refOf(credentials),
      ownershipEntityRefs: groups.get(refOf(credentials)) ?? [],
    }),
  });
  const identity = new CallerIdentity({ auth: mockServices.auth(), userInfo });
  return {
    ...{ says, groups, asked },
    authorizer: new Authorizer({
      ...{ permissions, registry, identity, mode },
      platformAdmins: [],
    }),
  };
}

describe('decisions that are kept', () => {
  it('are of one caller and one permission each', async () => {
    const { says, authorizer } = world();
    const names = ['ann', 'bob', 'cid', 'dee'];
    const permissions: ResourcePermission[] = [
      ...[workspaceReadPermission, pipelineReadPermission],
      ...[pipelineUpdatePermission, runStartPermission],
    ];
    // each caller may do another thing
    names.forEach((name, i) =>
      says.set(`user:default/${name} ${permissions[i].name}`, ALLOW),
    );
    const target = { workspace, pipeline: shop };
    for (let round = 0; round < 2; round++) {
      const all = await Promise.all(
        names.flatMap(name => [
          authorizer.can(permissions, target, user(name)),
          authorizer.can([...permissions].reverse(), target, user(name)),
        ]),
      );
      expect(all.map(can => [...can])).toEqual(
        permissions.flatMap(({ name }) => [[name], [name]]),
      );
    }
  });

  it('are asked for once, together', async () => {
    const { asked, authorizer } = world();
    const all = [pipelineReadPermission, runStartPermission];
    const target = { workspace, pipeline: shop };
    await authorizer.can([pipelineReadPermission], target, user('ann'));
    await authorizer.can(all, target, user('ann'));
    await authorizer.pipelinesCan(all, workspace, [shop], user('ann'));
    await authorizer.pipelineCriteria(
      pipelineReadPermission,
      workspace,
      user('ann'),
    );
    expect(asked).toEqual([
      ['user:default/ann', 'amamba.pipeline.read'],
      ['user:default/ann', 'amamba.run.start'],
    ]);
  });

  it('are under way already when they were prepared', async () => {
    const { says, asked, authorizer } = world('roles');
    says.set('user:default/ann amamba.run.start', ALLOW);
    const target = { workspace, pipeline: shop };
    authorizer.prepare(
      [workspaceReadPermission, pipelineReadPermission, runStartPermission],
      user('ann'),
    );
    const can = await authorizer.can(
      [pipelineReadPermission, runStartPermission],
      target,
      user('ann'),
    );
    expect([...can]).toEqual(['amamba.run.start']);
    await authorizer.can([workspaceReadPermission], target, user('ann'));
    expect(asked).toHaveLength(1);
    // an act asks anew all the same
    says.set('user:default/ann amamba.run.start', DENY);
    await expect(
      authorizer.require(runStartPermission, target, user('ann')),
    ).rejects.toThrow(/You need/);
    // and for those for whom nothing is kept nothing is asked ahead
    authorizer.prepare([pipelineReadPermission], {
      credentials: mockCredentials.service('external:x'),
    });
    expect(asked).toHaveLength(2);
  });

  it('are judged against the pipeline as it is now', async () => {
    const { says, asked, authorizer } = world();
    says.set('user:default/ann amamba.run.start', {
      result: AuthorizeResult.CONDITIONAL,
      ...{ pluginId: 'amamba', resourceType: 'amamba-run' },
      conditions: {
        rule: 'IN_ENVIRONMENT',
        resourceType: 'amamba-run',
        params: { environments: ['dev'] },
      },
    });
    const can = async (environment: string) => {
      const pipeline = { ...shop, environment };
      const permissions = [runStartPermission];
      const [some, [one]] = await Promise.all([
        authorizer.can(permissions, { workspace, pipeline }, user('ann')),
        authorizer.pipelinesCan(
          permissions,
          workspace,
          [pipeline],
          user('ann'),
        ),
      ]);
      expect(one).toEqual([...some]);
      return some.size > 0;
    };
    expect(await can('dev')).toBe(true);
    expect(await can('prod')).toBe(false);
    expect(asked).toHaveLength(1);
  });

  it('do not decide on acts', async () => {
    const { says, authorizer } = world();
    const key = 'user:default/ann amamba.run.start';
    says.set(key, ALLOW);
    const target = { workspace, pipeline: shop };
    const act = () =>
      authorizer.require(runStartPermission, target, user('ann'));
    const can = async () =>
      (await authorizer.can([runStartPermission], target, user('ann'))).size;
    await act();
    expect(await can()).toBe(1);
    says.set(key, DENY);
    expect(await can()).toBe(1);
    await expect(act()).rejects.toThrow(/You need "amamba.run.start"/);
    // and what is shown from then on is what was decided
    expect(await can()).toBe(0);
    says.set(key, ALLOW);
    await act();
  });

  it('do not keep somebody in the group who acts', async () => {
    const { says, groups, authorizer } = world('roles');
    says.set('user:default/ann amamba.run.start', ALLOW);
    const act = () =>
      authorizer.require(
        runStartPermission,
        { workspace, pipeline: shop },
        user('ann'),
      );
    await act();
    groups.delete('user:default/ann');
    await expect(act()).rejects.toThrow(/You need/);
  });

  it('end after seconds', async () => {
    jest.useFakeTimers();
    const { says, authorizer } = world();
    const key = 'user:default/ann amamba.audit.read';
    says.set(key, ALLOW);
    const can = async () =>
      (await authorizer.can([auditReadPermission], { workspace }, user('ann')))
        .size;
    expect(await can()).toBe(1);
    says.set(key, DENY);
    jest.advanceTimersByTime(4_999);
    expect(await can()).toBe(1);
    jest.advanceTimersByTime(1);
    expect(await can()).toBe(0);
    jest.useRealTimers();
  });

  it('are none of services, which are told apart by nothing', async () => {
    const { asked, authorizer } = world();
    const options = { credentials: mockCredentials.service('external:x') };
    for (let n = 0; n < 2; n++) {
      await authorizer.can([workspaceReadPermission], { workspace }, options);
    }
    expect(asked).toHaveLength(2);
  });
});
