import { atLeast, bench, exactly, median, sideBySideMs } from './lib';
import { createSeededPipelines, pipelineName } from './lib/pipelines';
import { backendAddress, startBenchPortal, WORKSPACE } from './lib/portal';
import { onPostgres, startBenchPostgres } from './lib/postgres';
import { withResources } from './lib/resources';
import { startBenchSandbox } from './lib/sandbox';

const JOBS = 500;
const RUNS = 2;
const LATENCY_MS = 50;
const SAMPLES = { runs: 15, warmup: 3 };

/** A component with the annotation that the Jenkins plugin reads. */
function component(name: string, jobs: string) {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: { name, annotations: { 'jenkins.io/job-full-name': jobs } },
    spec: { type: 'service', lifecycle: 'production', owner: WORKSPACE },
  };
}

/** Names its jobs, as the plugin's manual has it for a component with several. */
const BY_NAMES = 'by-names';
/** Names the folder that its jobs, and no others, lie in. */
const BY_FOLDER = 'by-folder';

bench(__filename, () =>
  withResources(async resources => {
    const { port, url } = await backendAddress();
    const sandbox = await startBenchSandbox(resources, { backendUrl: url });
    const { jenkins } = sandbox.credentials;
    const names = Array.from(
      { length: JOBS },
      (_, n) => `${WORKSPACE}/${pipelineName(n + 1)}`,
    );
    const portal = await startBenchPortal(resources, {
      port,
      sandbox,
      features: ['jenkins'],
      config: {
        ...onPostgres(await startBenchPostgres(resources)),
        jenkins: {
          baseUrl: jenkins.url,
          username: jenkins.user,
          apiKey: jenkins.token,
          // Else it leaves out all but fifty jobs of a folder.
          projectCountLimit: JOBS,
        },
      },
      entities: [
        component(BY_NAMES, names.join(',')),
        component(BY_FOLDER, WORKSPACE),
      ],
    });
    await createSeededPipelines(portal, sandbox, {
      pipelines: JOBS,
      runs: RUNS,
      entityRef: `component:default/${BY_NAMES}`,
    });
    await sandbox.fault({ effect: { kind: 'latency', ms: LATENCY_MS } });

    const get = async (path: string) => {
      const response = await portal.request(path);
      const text = await response.text();
      if (!response.ok) throw new Error(`${path}: ${response.status} ${text}`);
      return JSON.parse(text);
    };
    /** What the tab of each plugin asks for until it shows its first rows. */
    const theirs = (entity: string) =>
      get(`/api/jenkins/v1/entity/default/component/${entity}/projects`);
    const ours = async () => {
      const { workspace } = await get(
        `/api/amamba/v1/entities/component/default/${BY_NAMES}/workspace`,
      );
      return get(
        `/api/amamba/v1/workspaces/${workspace.name}/pipelines?entity=component:default/${BY_NAMES}`,
      );
    };
    const { projects } = await theirs(BY_NAMES);
    const { items, total } = await ours();
    if (projects.length !== JOBS || total !== JOBS || !items[0].lastRun) {
      throw new Error(`${projects.length} projects and ${total} pipelines`);
    }

    const compared = await sideBySideMs(() => theirs(BY_NAMES), ours, SAMPLES);
    const folder = await sideBySideMs(() => theirs(BY_FOLDER), ours, SAMPLES);
    /** The fewest of some times: in the others, the portal may have looked for news by itself. */
    const calls = async (act: () => Promise<unknown>) => {
      const counts: number[] = [];
      for (let n = 0; n < 10; n++) {
        const before = await sandbox.requests();
        await act();
        counts.push((await sandbox.requests()) - before);
      }
      return Math.min(...counts);
    };
    const oursMs = median(compared.second);
    return [
      {
        what: `faster than the Jenkins plugin, ${JOBS} jobs of a component`,
        value: median(compared.first) / oursMs,
        unit: '×',
        must: atLeast(50),
        against: `@backstage-community/plugin-jenkins-backend on the same sandbox, ${LATENCY_MS} ms away`,
        details: {
          theirsMs: median(compared.first),
          oursMs,
          theirCalls: await calls(() => theirs(BY_NAMES)),
          theirsMsForAFolderOfThem: median(folder.first),
        },
      },
      {
        what: 'calls of Jenkins to show the tab',
        value: await calls(ours),
        unit: 'calls',
        must: exactly(0),
        against: 'nothing',
      },
    ];
  }),
);
