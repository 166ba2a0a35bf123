import { existsSync, readdirSync, readFileSync } from 'fs';
import path from 'path';
import { readJenkinsEvent } from '.';

const corpus = path.resolve(
  process.env.AMAMBA_CORPUS ??
    path.join(__dirname, '../../../../../../../shared/corpus'),
  'jenkins/generic-event',
);
const describeCorpus = existsSync(corpus) ? describe : describe.skip;
const config = {
  id: 'ci',
  title: 'CI',
  baseUrl: 'http://jenkins.example',
  username: 'portal',
  apiToken: 'x',
};
const REF = { workspace: 'team-a', name: 'shop' };
const run = {
  id: 'e1',
  type: 'run.started',
  dataType: 'org.jenkinsci.plugins.workflow.job.WorkflowRun',
  data: {
    number: 3,
    queueId: 7,
    _multiBranch: false,
    _parentFullName: 'team-a',
    _projectName: 'shop',
  },
};
const job = {
  id: 'e2',
  type: 'item.deleted',
  dataType: 'org.jenkinsci.plugins.workflow.job.WorkflowJob',
  data: { fullName: 'team-a/shop' },
};

describe('readJenkinsEvent', () => {
  it.each([
    ['run.initialize', 'runChanged'],
    ['run.started', 'runChanged'],
    ['run.completed', 'runChanged'],
    ['run.finalized', 'runChanged'],
    ['run.deleted', 'runDeleted'],
  ])('reads %s', (type, expected) => {
    expect(readJenkinsEvent({ ...run, type }, config)).toEqual({
      id: 'e1',
      type: expected,
      ref: REF,
      run: 3,
      queueId: '7',
    });
  });

  it.each([
    ['item.created', 'pipelineChanged'],
    ['item.updated', 'pipelineChanged'],
    ['item.deleted', 'pipelineDeleted'],
  ])('reads %s', (type, expected) => {
    expect(readJenkinsEvent({ ...job, type }, config)).toEqual({
      id: 'e2',
      type: expected,
      ref: REF,
    });
  });

  it('takes a moved job as deleted where it was', () => {
    const moved = {
      ...job,
      type: 'item.locationChanged',
      data: { fullName: 'elsewhere/shop' },
      metaData: { oldUrl: 'job/team-a/job/shop/', newUrl: 'job/x/' },
    };
    expect(readJenkinsEvent(moved, config)).toEqual({
      id: 'e2',
      type: 'pipelineDeleted',
      ref: REF,
    });
  });

  it('looks only below its own root folder', () => {
    const rooted = { ...config, rootFolder: 'a/b' };
    const data = { ...run.data, _parentFullName: 'a/b/team-a' };
    expect(readJenkinsEvent({ ...run, data }, rooted)?.ref).toEqual(REF);
    expect(readJenkinsEvent(run, rooted)).toBeUndefined();
    expect(readJenkinsEvent({ ...run, data }, config)).toBeUndefined();
  });

  it.each([
    undefined,
    null,
    'text',
    [],
    {},
    { ...run, id: '' },
    { ...run, data: null },
    { ...run, data: { ...run.data, number: 'three' } },
    { ...run, data: { ...run.data, _multiBranch: true } },
    { ...job, dataType: 'com.cloudbees.hudson.plugins.folder.Folder' },
    { ...job, type: 'item.other' },
    { ...job, data: { fullName: 'shop' } },
    { ...job, data: { fullName: 'a//' } },
  ])('ignores %j', body => {
    expect(readJenkinsEvent(body, config)).toBeUndefined();
  });
});

describeCorpus('events that the plugin documents', () => {
  it('are understood', () => {
    const events = readdirSync(corpus)
      .filter(name => name.endsWith('.json'))
      .map(name => {
        const body: unknown = JSON.parse(
          readFileSync(path.join(corpus, name), 'utf8'),
        );
        return [name, readJenkinsEvent(body, config)?.type];
      });
    expect(Object.fromEntries(events)).toEqual({
      'job-00-item.created.json': undefined,
      'job-01-item.created.json': 'pipelineChanged',
      'job-02-item.updated.json': undefined,
      'job-03-item.deleted.json': undefined,
      'run-00-run.initialize.json': 'runChanged',
      'run-01-run.started.json': 'runChanged',
      'run-02-run.completed.json': 'runChanged',
      'run-03-run.finalized.json': 'runChanged',
      'run-04-run.deleted.json': 'runDeleted',
    });
  });
});
