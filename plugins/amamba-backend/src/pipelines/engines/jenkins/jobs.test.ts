import { pipelineSettingsSchema } from '@amamba/backstage-plugin-amamba-common';
import type { EnginePipelineSpec } from '@amamba/backstage-plugin-amamba-node';
import { FakeJenkins } from './__testUtils__/fakeJenkins';

const REF = { workspace: 'eu~team-a', name: 'shop' };
const FOLDER = '/job/portal/job/eu~team-a';
const JOB = `${FOLDER}/job/shop`;
const SPEC: EnginePipelineSpec = {
  description: 'Umlauts: äöü 💥',
  source: { type: 'script', script: 'pipeline {}' },
  settings: pipelineSettingsSchema.parse({
    parameters: [{ type: 'string', name: 'VERSION' }],
  }),
};
const FOLDER_ITEM = { _class: 'com.cloudbees.hudson.plugins.folder.Folder' };

describe('jobs', () => {
  let jenkins: FakeJenkins;
  /** what the fake has, by path of the item */
  let configs: Map<string, string>;

  function addItem(item: string, text: string): void {
    configs.set(item, text);
    jenkins
      .on('GET', `${item}/config.xml`, (_request, response) => {
        response.end(configs.get(item));
      })
      .on('POST', `${item}/config.xml`, (request, response) => {
        configs.set(item, request.body);
        response.end();
      });
  }

  /** Makes items creatable below `folder`, and below folders that are created. */
  function addFolder(folder: string): void {
    jenkins.json(`${folder}/api/json`, FOLDER_ITEM);
    jenkins.on('POST', `${folder}/createItem`, (request, response) => {
      const name = new URLSearchParams(request.url.split('?')[1]).get('name');
      const item = `${folder}/job/${name}`;
      if (configs.has(item)) {
        response.writeHead(400, {
          'X-Error': `A job already exists with the name ${name}`,
        });
      } else {
        addItem(item, request.body);
        if (request.body.includes('Folder>')) addFolder(item);
      }
      response.end();
    });
  }

  function serve(folders: string[]): void {
    ['', ...folders].forEach(addFolder);
  }

  beforeEach(async () => {
    jenkins = await FakeJenkins.start();
    configs = new Map();
  });
  afterEach(() => jenkins.stop());

  it('creates folders and job where they are missing', async () => {
    serve([]);
    const state = await jenkins.engine.savePipeline(REF, SPEC);
    expect(state.parameters).toEqual([
      { type: 'string', name: 'VERSION', trim: false },
    ]);
    expect([...configs.keys()]).toEqual(['/job/portal', FOLDER, JOB]);
    expect(configs.get(JOB)).toContain(SPEC.description);
    const created = jenkins.server.seen.find(({ url }) =>
      url.endsWith('createItem?name=shop'),
    );
    expect(created?.headers['content-type']).toBe(
      'application/xml; charset=utf-8',
    );
  });

  it('writes only when something differs', async () => {
    serve(['/job/portal', FOLDER]);
    const first = await jenkins.engine.savePipeline(REF, SPEC);
    jenkins.server.seen.length = 0;
    const second = await jenkins.engine.savePipeline(REF, SPEC);
    expect(jenkins.calls).toEqual([`GET ${JOB}/config.xml`]);
    expect(second).toEqual(first);
    const changed = { ...SPEC, description: 'new' };
    const third = await jenkins.engine.savePipeline(REF, changed);
    expect(third.fingerprint).not.toBe(first.fingerprint);
    expect(configs.get(JOB)).toContain('<description>new</description>');
    expect(await jenkins.engine.readPipeline(REF)).toEqual(third);
  });

  it('changes the job that somebody else created at the same time', async () => {
    serve(['/job/portal', FOLDER]);
    await jenkins.engine.savePipeline(REF, { ...SPEC, description: 'theirs' });
    let isFirst = true;
    jenkins.on('GET', `${JOB}/config.xml`, (_request, response) => {
      if (isFirst) response.statusCode = 404;
      response.end(isFirst ? '' : configs.get(JOB));
      isFirst = false;
    });
    await jenkins.engine.savePipeline(REF, SPEC);
    expect(configs.get(JOB)).toContain(SPEC.description);
  });

  it('does not touch what is no pipeline, and no file where a folder should be', async () => {
    jenkins.on('GET', `${JOB}/config.xml`, (_request, response) => {
      response.end('<project/>');
    });
    await expect(jenkins.engine.savePipeline(REF, SPEC)).rejects.toMatchObject({
      name: 'ConflictError',
      message: expect.stringMatching(
        /^Jenkins "ci" has something else \(project\) in the place of the pipeline eu~team-a\/shop/,
      ),
    });
    jenkins
      .on('GET', `${JOB}/config.xml`, (_request, response) => {
        response.statusCode = 404;
        response.end();
      })
      .json('/job/portal/api/json', {
        _class: 'hudson.model.FreeStyleProject',
      });
    await expect(jenkins.engine.savePipeline(REF, SPEC)).rejects.toThrow(
      'Jenkins "ci" has "portal", but it is not a folder',
    );
  });

  it('explains a configuration that cannot be read', async () => {
    jenkins.on('GET', `${JOB}/config.xml`, (_request, response) => {
      response.end('<!DOCTYPE html><html><body>Sign in<br></body></html>');
    });
    await expect(jenkins.engine.readPipeline(REF)).rejects.toMatchObject({
      reason: 'unreadable',
    });
  });

  it('deletes, also what is gone already', async () => {
    jenkins.post(`${JOB}/doDelete`, 302, { location: '/jenkins/job/portal/' });
    await jenkins.engine.deletePipeline(REF);
    await jenkins.engine.deletePipeline({ ...REF, name: 'other' });
    expect(jenkins.calls).toEqual([
      `POST ${JOB}/doDelete`,
      `POST ${FOLDER}/job/other/doDelete`,
    ]);
  });

  it('knows addresses', () => {
    const { url } = jenkins.server;
    expect(jenkins.engine.url(REF)).toBe(`${url}/jenkins${JOB}/`);
    expect(jenkins.engine.url({ workspace: 'a', name: 'b c' }, 3)).toBe(
      `${url}/jenkins/job/portal/job/a/job/b%20c/3/`,
    );
  });
});
