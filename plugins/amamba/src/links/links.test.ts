import { entityLinks, roomAddresses, workbenchLinks } from './index';

describe('links', () => {
  it('build addresses of the workbench', () => {
    const links = workbenchLinks(roomAddresses('/workbench/'));
    expect(links.room('overview', '~all')).toBe('/workbench/overview/~all');
    expect(links.pipelines('prod~pay')).toBe('/workbench/pipelines/prod~pay');
    expect(links.newPipeline('team-a')).toBe('/workbench/pipelines/team-a/new');
    expect(links.pipeline('team-a', 'new')).toBe(
      '/workbench/pipelines/team-a/pipeline/new',
    );
    expect(links.run('team-a', 'shop', 42, 'tests')).toBe(
      '/workbench/pipelines/team-a/pipeline/shop/runs/42/tests',
    );
    expect(links.room('audit', 'team-a')).toBe('/workbench/audit/team-a');
  });

  it('keep a name inside its segment', () => {
    expect(workbenchLinks(roomAddresses('')).pipeline('a/b', '../x?y#z')).toBe(
      '/pipelines/a%2Fb/pipeline/..%2Fx%3Fy%23z',
    );
  });

  it('follow a tab that the portal mounts elsewhere', () => {
    const links = workbenchLinks(roomAddresses('/w', { pipelines: '/ci' }));
    expect(links.pipeline('team-a', 'shop')).toBe('/ci/team-a/pipeline/shop');
    expect(links.room('audit', 'team-a')).toBe('/w/audit/team-a');
  });

  it('stay on the tab of an entity', () => {
    const links = entityLinks(workbenchLinks(roomAddresses('/workbench')), {
      room: 'pipelines',
      base: '/catalog/default/component/shop/pipelines/',
    });
    expect(links.pipeline('team-a', 'shop', 'settings')).toBe(
      '/catalog/default/component/shop/pipelines/pipeline/shop/settings',
    );
  });
});
