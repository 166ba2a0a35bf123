import { defaultRooms, pipelineLinks, workbenchLinks } from './routes';

describe('links', () => {
  it('build addresses of the workbench', () => {
    const links = workbenchLinks(defaultRooms('/workbench/'));
    expect(links.overview('~all')).toBe('/workbench/overview/~all');
    expect(links.pipelines('prod~pay')).toBe('/workbench/pipelines/prod~pay');
    expect(links.newPipeline('team-a')).toBe('/workbench/pipelines/team-a/new');
    expect(links.pipeline('team-a', 'new')).toBe(
      '/workbench/pipelines/team-a/pipeline/new',
    );
    expect(links.run('team-a', 'shop', 42, 'tests')).toBe(
      '/workbench/pipelines/team-a/pipeline/shop/runs/42/tests',
    );
    expect(links.audit('team-a')).toBe('/workbench/audit/team-a');
  });

  it('keep a name inside its segment', () => {
    expect(workbenchLinks(defaultRooms('')).pipeline('a/b', '../x?y#z')).toBe(
      '/pipelines/a%2Fb/pipeline/..%2Fx%3Fy%23z',
    );
  });

  it('stay on the tab of an entity', () => {
    const links = pipelineLinks(
      () => '/catalog/default/component/shop/pipelines',
    );
    expect(links.pipeline('team-a', 'shop', 'settings')).toBe(
      '/catalog/default/component/shop/pipelines/pipeline/shop/settings',
    );
  });
});
