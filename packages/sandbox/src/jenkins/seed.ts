import { CPS_SCRIPT, FLOW_DEFINITION, FOLDER } from './config/classNames';
import type { BuildResult, FlowNode } from './execution/types';
import { FolderCredentials } from './engine/credentials';
import type { Jenkins } from './Jenkins';
import type { Build, BuildRecord } from './model/Build';
import { timerCause } from './model/causes';
import type { Folder, Job } from './model/Item';
import { renderXml, XmlNode } from './xml/editor';

const leaf = (name: string, content: string): XmlNode => ({ name, content });

/** The folder with this full name, made when it is not there, with all above it. */
export function ensureFolder(jenkins: Jenkins, fullName: string): Folder {
  let folder = jenkins.items.root;
  for (const name of fullName.split('/').filter(Boolean)) {
    const child =
      folder.child(name) ??
      jenkins.items.create(
        folder,
        name,
        renderXml({ name: FOLDER, content: [{ name: 'properties' }] }),
      );
    if (child.kind !== 'folder') throw new Error(`${name} is no folder`);
    folder = child;
  }
  return folder;
}

/** Credentials that the sample Jenkinsfiles ask for. They open nothing. */
const DEMO_CREDENTIALS: XmlNode[] = [
  {
    name: 'com.cloudbees.plugins.credentials.impl.UsernamePasswordCredentialsImpl',
    content: [
      leaf('scope', 'GLOBAL'),
      leaf('id', 'registry'),
      leaf('description', 'Image registry of the samples'),
      leaf('username', 'robot'),
      leaf('password', 'not-a-real-password'),
    ],
  },
  {
    name: 'org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl',
    content: [
      leaf('scope', 'GLOBAL'),
      leaf('id', 'deploy-token'),
      leaf('description', 'Deployment target of the samples'),
      leaf('secret', 'not-a-real-token'),
    ],
  },
];

/** Puts the demo credentials into a folder (the root: for all), those that are missing. */
export function seedCredentials(jenkins: Jenkins, folder: Folder): void {
  const store = new FolderCredentials(folder, jenkins.secrets, xml =>
    jenkins.items.rewrite(folder, xml),
  );
  const known = store.list().map(({ id }) => id);
  for (const node of DEMO_CREDENTIALS) {
    const xml = renderXml(node);
    if (!known.some(id => xml.includes(`<id>${id}</id>`))) store.create(xml);
  }
}

function jobXml(script: string): string {
  return renderXml({
    name: FLOW_DEFINITION,
    content: [
      { name: 'properties' },
      {
        name: 'definition',
        attributes: { class: CPS_SCRIPT },
        content: [leaf('script', script), leaf('sandbox', 'true')],
      },
    ],
  });
}

const SCRIPT =
  "pipeline { agent any; stages { stage('Build') { steps { echo 'built' } } } }";
const RESULTS: BuildResult[] = ['SUCCESS', 'SUCCESS', 'UNSTABLE', 'FAILURE'];
const MINUTE_MS = 60_000;

function addBuild(
  jenkins: Jenkins,
  job: Job,
  number: number,
  age: number,
): Build {
  const timestamp = Date.now() - age * MINUTE_MS;
  const result = RESULTS[number % RESULTS.length];
  const record: BuildRecord = {
    number,
    queueId: jenkins.queue.nextId++,
    timestamp,
    startTime: timestamp,
    duration: 30_000,
    result,
    building: false,
    displayName: null,
    description: null,
    keepLog: false,
    causes: [timerCause],
    parameters: [],
    script: SCRIPT,
    checkouts: [],
    restartableStages: ['Build'],
  };
  const build = job.builds.add(record);
  const stage: FlowNode = {
    id: '6',
    kind: 'stage',
    name: 'Build',
    displayName: 'Build',
    state: result === 'SUCCESS' ? 'success' : 'failure',
    startTime: timestamp,
    endTime: timestamp + record.duration,
    pauseMs: 0,
  };
  build.putNode(stage);
  build.saveNodes();
  build.log.append(`Started by timer\nFinished: ${result}\n`);
  build.log.close();
  return build;
}

/** Registers jobs with runs that were never executed, without events; for benchmarks. Gives how many are new. */
export function seedJobs(
  jenkins: Jenkins,
  options: { folder: string; jobs: number; builds: number; prefix: string },
): number {
  const folder = ensureFolder(jenkins, options.folder);
  let made = 0;
  for (let i = 1; i <= options.jobs; i++) {
    const name = `${options.prefix}${i}`;
    if (folder.child(name)) continue;
    const job = jenkins.items.create(folder, name, jobXml(SCRIPT), {
      silent: true,
    });
    if (job.kind !== 'job') continue;
    const { builds } = options;
    for (let n = 1; n <= builds; n++) addBuild(jenkins, job, n, builds - n);
    if (builds) jenkins.items.setNextBuildNumber(job, builds + 1);
    made++;
  }
  return made;
}

/** Adds a finished run with a log of about this many bytes; for benchmarks. */
export async function seedLog(
  jenkins: Jenkins,
  { job: fullName, bytes }: { job: string; bytes: number },
): Promise<Build> {
  const job = jenkins.items.byFullName(fullName);
  if (job?.kind !== 'job') throw new Error(`No job ${fullName}`);
  const number = jenkins.items.takeBuildNumber(job);
  const build = addBuild(jenkins, job, number, 0);
  const lines = 1000;
  for (let line = 1; build.log.size < bytes; line += lines) {
    const block = Array.from(
      { length: lines },
      (_, i) =>
        `[INFO] line ${line + i} of a long log, as compilers write it\n`,
    ).join('');
    build.log.append(block, '6');
    // Lets other requests have their turn.
    await new Promise(resolve => {
      setImmediate(resolve);
    });
  }
  build.log.close();
  return build;
}
