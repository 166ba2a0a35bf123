import { readdirSync, readFileSync } from 'node:fs';
import { corpusPath } from '../execution/testing/corpus';
import { startReceiver } from '../../testing/receiver';
import {
  createItem,
  ended,
  eventually,
  FOLDER_XML,
  pipelineXml,
  startRun,
  stopTestSandboxes,
  TestSandbox,
  testSandbox,
} from '../../testing/testSandbox';
import { JenkinsEvent, javaTime } from './EventDispatcher';

type Receiver = Awaited<ReturnType<typeof startReceiver<JenkinsEvent>>>;

const BOOLEAN =
  '<hudson.model.ParametersDefinitionProperty><parameterDefinitions><hudson.model.BooleanParameterDefinition><name>skip</name><defaultValue>false</defaultValue></hudson.model.BooleanParameterDefinition></parameterDefinitions></hudson.model.ParametersDefinitionProperty>';

describe('the event plugin', () => {
  let receiver: Receiver;
  let sandbox: TestSandbox;

  beforeEach(async () => {
    receiver = await startReceiver<JenkinsEvent>();
    sandbox = await testSandbox({ eventReceiver: receiver.url });
  });
  afterEach(async () => {
    await stopTestSandboxes();
    await receiver.stop();
  });

  const types = () => receiver.received.map(({ body }) => body.type);
  const of = (type: string) =>
    receiver.received.find(({ body }) => body.type === type)?.body;
  const arrived = (count: number) =>
    eventually(() => receiver.received.length >= count);

  const RUN = [
    'run.initialize',
    'run.started',
    'run.completed',
    'run.finalized',
  ];

  it('tells of items and runs in order, with the token', async () => {
    await createItem(sandbox, 'my-devops-project', FOLDER_XML);
    const name = 'my-devops-project/example-pipeline';
    await createItem(sandbox, name, pipelineXml('log x', BOOLEAN));
    const job = 'job/my-devops-project/job/example-pipeline/';
    const run = await startRun(sandbox, job, 'buildWithParameters');
    await ended(sandbox, run);
    await arrived(6);
    await sandbox.call('POST', `${run}doDelete`);
    await sandbox.call('POST', `${job}submitDescription`, {
      body: 'description=x',
    });
    await sandbox.call('POST', `${job}confirmRename`, {
      body: 'newName=other',
    });
    await sandbox.call('POST', 'job/my-devops-project/doDelete');
    await arrived(10);
    expect(types()).toEqual([
      'item.created',
      'item.created',
      ...RUN,
      'run.deleted',
      'item.updated',
      'item.locationChanged',
      'item.deleted',
    ]);
    const [{ headers, body }] = receiver.received;
    expect(headers).toMatchObject({
      'content-type': 'application/json',
      'x-event-type': 'item.created',
      referrer: `${sandbox.jenkinsUrl}/`,
      authorization: `Bearer ${sandbox.credentials.eventToken}`,
    });
    expect(body.source).toBe('');
    expect(body.time).toMatch(
      /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}[+-]\d{4}$/,
    );
    expect(of('run.started')).toMatchObject({
      source: job,
      url: run,
      data: {
        number: 1,
        building: true,
        result: null,
        duration: 0,
        _parentFullName: 'my-devops-project',
        _projectName: 'example-pipeline',
        _multiBranch: false,
      },
    });
    expect(of('run.finalized')?.data).toMatchObject({
      building: false,
      result: 'SUCCESS',
    });
    expect(of('item.locationChanged')?.metaData).toMatchObject({
      oldName: name,
      newName: 'my-devops-project/other',
    });
    expect(
      JSON.stringify(receiver.received.map(({ body: { data } }) => data)),
    ).not.toContain('"url"');
  });

  const corpus = corpusPath('jenkins', 'generic-event');
  (corpus ? describe : describe.skip)('against the samples', () => {
    it('has the fields of the documented bodies, with their types', async () => {
      await createItem(sandbox, 'my-devops-project', FOLDER_XML);
      const name = 'my-devops-project/example-pipeline';
      const job = 'job/my-devops-project/job/example-pipeline/';
      await createItem(sandbox, name, pipelineXml('sleep 10', BOOLEAN));
      const run = await startRun(sandbox, job, 'buildWithParameters');
      await ended(sandbox, run);
      await sandbox.call('POST', `${run}doDelete`);
      await sandbox.call('POST', 'job/my-devops-project/submitDescription', {
        body: 'description=Fake',
      });
      await sandbox.call('POST', 'job/my-devops-project/doDelete');
      await arrived(9);
      const kind = (value: unknown) => {
        if (value === null) return 'null';
        return Array.isArray(value) ? 'array' : typeof value;
      };
      const shape = (object: object) =>
        Object.fromEntries(
          Object.entries(object).map(([key, value]) => [key, kind(value)]),
        );
      const sent = receiver.received.map(({ body }) => body);
      const files = readdirSync(corpus ?? '').filter(file =>
        file.endsWith('.json'),
      );
      expect(files.length).toBeGreaterThan(8);
      for (const file of files) {
        const sample: JenkinsEvent = JSON.parse(
          readFileSync(`${corpus}/${file}`, 'utf8'),
        );
        const isJob = sample.dataType.endsWith('WorkflowJob');
        const ours = sent.find(
          event =>
            event.type === sample.type &&
            event.dataType.endsWith('WorkflowJob') === isJob,
        );
        if (!ours) throw new Error(`No ${sample.type} was sent`);
        const { url, metaData, ...envelope } = shape(ours);
        expect([url, metaData]).toEqual(['string', undefined]);
        expect(envelope).toEqual(shape(sample));
        // workflow-job has exported this since the samples were taken.
        const { inProgress, ...data } = shape(ours.data);
        const wanted = shape(sample.data);
        // The samples were taken with another value there: nothing or something.
        for (const free of ['property', 'nextBuild', 'description']) {
          if (free in wanted) data[free] = wanted[free];
        }
        expect({ file, ...data }).toEqual({ file, ...wanted });
        expect(inProgress ?? 'boolean').toBe('boolean');
      }
    });
  });

  it('goes to another receiver on demand, or nowhere', async () => {
    const other = await startReceiver<JenkinsEvent>();
    const put = (body: object) =>
      fetch(`${sandbox.jenkinsUrl}/sandbox/events`, {
        method: 'PUT',
        headers: {
          Authorization: `Bearer ${sandbox.credentials.controlToken}`,
        },
        body: JSON.stringify(body),
      });
    expect((await put({ receiver: other.url, token: 't' })).status).toBe(204);
    await createItem(sandbox, 'a', FOLDER_XML);
    await eventually(() => other.received.length === 1);
    expect(other.received[0].headers.authorization).toBe('Bearer t');
    await put({});
    await createItem(sandbox, 'b', FOLDER_XML);
    await sandbox.jenkins.restart(true);
    await createItem(sandbox, 'c', FOLDER_XML);
    expect(other.received).toHaveLength(1);
    expect(receiver.received).toHaveLength(0);
    await other.stop();
  });

  describe('with faults', () => {
    const run = async () => {
      await createItem(sandbox, 'shop', pipelineXml('log x'));
      await ended(sandbox, await startRun(sandbox, 'job/shop/'));
    };

    it('loses', async () => {
      sandbox.jenkins.faults.add({
        effect: { kind: 'loseEvent' },
        pattern: 'started|completed',
      });
      await run();
      await arrived(3);
      expect(types()).toEqual([
        'item.created',
        'run.initialize',
        'run.finalized',
      ]);
    });

    it('doubles, with the same id', async () => {
      sandbox.jenkins.faults.add({
        effect: { kind: 'doubleEvent' },
        pattern: 'started',
      });
      await run();
      await arrived(6);
      const started = receiver.received.filter(
        ({ body }) => body.type === 'run.started',
      );
      expect(started).toHaveLength(2);
      expect(started[0].body.id).toBe(started[1].body.id);
    });

    it('lets one overtake the other', async () => {
      sandbox.jenkins.faults.add({
        effect: { kind: 'reorderEvents', ms: 300 },
        pattern: '^run',
      });
      await run();
      await arrived(5);
      expect(types()).toEqual([
        'item.created',
        'run.started',
        'run.finalized',
        'run.initialize',
        'run.completed',
      ]);
    });
  });

  it('writes times as Java does', () => {
    expect(javaTime(new Date('2026-01-02T03:04:05.006Z'))).toMatch(
      /^2026-01-0\dT\d\d:\d\d:05\.006[+-]\d{4}$/,
    );
  });
});
