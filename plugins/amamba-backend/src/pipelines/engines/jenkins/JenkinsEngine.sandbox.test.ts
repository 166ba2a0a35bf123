import { execFileSync } from 'child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import path from 'path';
import { text } from 'stream/consumers';
import { LIFE } from './__testUtils__/life';
import { SandboxEngine, specOf, until } from './__testUtils__/sandboxEngine';

jest.setTimeout(120_000);

const PARAMETERS = [
  { type: 'string', name: 'WHO', defaultValue: 'nobody' },
  { type: 'password', name: 'SECRET' },
  { type: 'boolean', name: 'DRY' },
];

describe('JenkinsEngine in front of a Jenkins that executes', () => {
  let sandboxed: SandboxEngine;
  beforeAll(async () => {
    sandboxed = await SandboxEngine.start();
  });
  afterAll(() => sandboxed.stop());

  it('leads a pipeline through its life', async () => {
    const { engine } = sandboxed;
    const ref = { workspace: 'eu~team-a', name: 'shop' };
    const spec = specOf(LIFE, { parameters: PARAMETERS });
    const saved = await engine.savePipeline(ref, spec);
    expect(await engine.savePipeline(ref, spec)).toEqual(saved);
    expect(await engine.health()).toMatchObject({ reachable: true });

    const number = await sandboxed.run(ref, {
      WHO: 'wörld <&>',
      SECRET: 'top secret',
      DRY: true,
    });
    expect(number).toBe(1);

    const waiting = await until('the approval', async () => {
      const progress = await engine.progress(ref, 1);
      return progress.approvals.length > 0 && progress;
    });
    expect(waiting.stage).toBe('Approve');
    expect(waiting.graph.complete).toBe(false);
    expect(waiting.approvals).toEqual([
      {
        id: expect.any(String),
        message: 'Ship it?',
        okLabel: 'Ship',
        approvers: ['ann', 'ops'],
        stage: 'Approve',
        since: expect.any(Date),
        parameters: [
          { type: 'string', name: 'TARGET', defaultValue: 'dev', trim: false },
        ],
      },
    ]);
    const [listed] = await engine.listRuns(ref, 10);
    expect(listed.state).toBe('waiting');
    expect(await engine.restartableStages(ref, 1)).toEqual([]);

    const early = await engine.log(ref, 1, { start: 0 });
    expect(early.more).toBe(true);
    const before = await text(early.stream);
    expect(before).toContain('hello wörld <&>\n');

    const [approval] = waiting.approvals;
    const decision = { approve: true, parameters: { TARGET: 'prod' } };
    await engine.decide(ref, 1, approval, decision);
    const run = await sandboxed.ended(ref, 1);
    expect(run).toMatchObject({
      number: 1,
      queueId: expect.stringMatching(/^\d+$/),
      state: 'unstable',
      cause: { type: 'manual' },
      parameters: { WHO: 'wörld <&>', DRY: true },
      tests: { total: 3, failed: 1, skipped: 1 },
      artifacts: 1,
    });
    expect(run.parameters).not.toHaveProperty('SECRET');
    await expect(
      engine.decide(ref, 1, approval, decision),
    ).rejects.toMatchObject({ name: 'ConflictError' });

    const rest = await sandboxed.log(ref, 1, early.sizeBytes);
    expect(rest).toContain('to prod\n');
    expect(before + rest).toBe(await sandboxed.log(ref, 1));
    expect(before + rest).not.toContain('top secret');
    expect(await sandboxed.log(ref, 1, 1_000_000)).toBe('');

    const { graph } = await engine.progress(ref, 1);
    expect(graph.complete).toBe(true);
    expect(graph.stages.map(({ name, kind }) => [name, kind])).toEqual(
      expect.arrayContaining([
        ['Build', 'stage'],
        ['Tests', 'parallel'],
        ['Approve', 'stage'],
        ['Ship', 'stage'],
      ]),
    );
    const tests = graph.stages.find(({ name }) => name === 'Tests');
    expect(tests?.children.map(({ name, kind }) => [name, kind])).toEqual([
      ['unit', 'branch'],
      ['e2e', 'branch'],
    ]);
    const ship = graph.stages.find(({ name }) => name === 'Ship');
    expect(await sandboxed.log(ref, 1, 0, ship?.id)).toBe('shipped\n');
    const [step] = await engine.steps(ref, 1, ship?.id);
    expect(step).toMatchObject({ stageId: ship?.id, state: 'succeeded' });
    expect(await sandboxed.log(ref, 1, 0, step.id)).toBe('shipped\n');

    expect(await engine.artifacts(ref, 1)).toEqual([
      { path: 'out/a b.txt', name: 'a b.txt', sizeBytes: 5 },
    ]);
    const file = await engine.artifact(ref, 1, 'out/a b.txt');
    expect(await text(file.stream)).toBe('data\n');
    expect(await engine.tests(ref, 1)).toMatchObject([
      { name: 'adds', status: 'passed', durationMs: 250 },
      { name: 'pays', message: 'expected 1', trace: 'trace', failingSince: 1 },
      { name: 'ships', status: 'skipped' },
    ]);

    expect(await engine.restartableStages(ref, 1)).toEqual(
      expect.arrayContaining(['Build', 'Approve', 'Ship']),
    );
    const restarted = await engine.restartFromStage(ref, 1, 'Ship');
    const second = await sandboxed.numberOf(ref, restarted?.queueId ?? '');
    expect(await sandboxed.ended(ref, second)).toMatchObject({
      cause: { type: 'restart', text: expect.stringContaining('#1') },
    });
    await expect(
      engine.restartFromStage(ref, 1, 'No such stage'),
    ).rejects.toMatchObject({ name: 'ConflictError' });

    const third = await sandboxed.run(ref, run.parameters);
    await until('the second approval', async () => {
      const { approvals } = await engine.progress(ref, third);
      return approvals.length > 0;
    });
    await engine.decide(
      ref,
      third,
      (await engine.progress(ref, third)).approvals[0],
      { approve: false, parameters: {} },
    );
    expect(await sandboxed.ended(ref, third)).toMatchObject({
      state: 'cancelled',
    });
    expect((await engine.listRuns(ref, 2)).map(item => item.number)).toEqual([
      3, 2,
    ]);

    await engine.deletePipeline(ref);
    await engine.deletePipeline(ref);
    await expect(engine.readPipeline(ref)).rejects.toMatchObject({
      name: 'NotFoundError',
    });
    await expect(engine.progress(ref, 1)).rejects.toMatchObject({
      name: 'NotFoundError',
    });
  });

  it('cancels what runs and what waits, and tells why a run failed', async () => {
    const { engine } = sandboxed;
    const ref = { workspace: 'team-b', name: 'slow' };
    await engine.savePipeline(
      ref,
      specOf(
        `pipeline { agent any; stages { stage('Wait') { steps { sleep 100 } } } }`,
        { disableConcurrentRuns: true },
      ),
    );
    const running = await sandboxed.run(ref);
    const { queueId } = await engine.start(ref, {});
    const item = await engine.queueItem(ref, queueId);
    expect(item).toMatchObject({ state: 'queued' });
    await engine.cancelQueued(ref, queueId);
    expect(await engine.queueItem(ref, queueId)).toEqual({
      state: 'cancelled',
    });
    await expect(engine.cancelQueued(ref, queueId)).rejects.toMatchObject({
      name: 'ConflictError',
    });
    await engine.cancelRun(ref, running, 'stop');
    expect(await sandboxed.ended(ref, running)).toMatchObject({
      state: 'cancelled',
    });
    await engine.cancelRun(ref, running, 'kill');

    await engine.savePipeline(
      ref,
      specOf(
        `pipeline { agent any; stages { stage('Good') { steps { echo 'x' } }
         stage('Bad') { steps { sh 'exit 3' } } } }`,
      ),
    );
    const failed = await sandboxed.run(ref);
    expect(await sandboxed.ended(ref, failed)).toMatchObject({
      state: 'failed',
    });
    expect(await engine.progress(ref, failed)).toMatchObject({
      stage: 'Bad',
      error: 'script returned exit code 3',
    });
    await expect(engine.start(ref, { X: '1' })).rejects.toMatchObject({
      name: 'InputError',
    });
  });

  it('runs what a repository holds, and leaves alone what its Jenkinsfile declares', async () => {
    const { engine, sandbox } = sandboxed;
    await sandbox.git.createRepository('shop');
    const url = sandbox.git.repositoryUrl('shop');
    const clone = mkdtempSync(path.join(tmpdir(), 'engine-clone-'));
    const git = (...args: string[]) =>
      execFileSync(
        'git',
        ['-c', 'user.name=Ann', '-c', 'user.email=ann@x.example', ...args],
        { cwd: clone, stdio: 'pipe', encoding: 'utf8' },
      ).trim();
    const commit = (jenkinsfile: string, message: string) => {
      writeFileSync(path.join(clone, 'Jenkinsfile'), jenkinsfile);
      git('add', '.');
      git('commit', '-m', message);
      git(
        'push',
        sandbox.git.repositoryDirectory('shop'),
        'HEAD:refs/heads/main',
      );
    };
    const jenkinsfile = (word: string) => `
      pipeline { agent any
        parameters { choice(name: 'TARGET', choices: ['dev', 'prod']) }
        stages { stage('Say') { steps { echo "${word} \${params.TARGET}" } } } }`;
    git('init', '-b', 'main');
    commit(jenkinsfile('first'), 'First');

    const ref = { workspace: 'team-a', name: 'from-git' };
    const spec = specOf({
      type: 'repository',
      url,
      branch: 'main',
      scriptPath: 'Jenkinsfile',
    });
    const created = await engine.savePipeline(ref, spec);
    expect(created.parameters).toEqual([]);
    const first = await sandboxed.run(ref);
    const firstRun = await sandboxed.ended(ref, first);
    expect(firstRun).toMatchObject({
      state: 'succeeded',
      branch: 'main',
      commit: git('rev-parse', 'HEAD'),
    });

    const declared = await engine.savePipeline(ref, spec);
    expect(declared.declaredParameters).toEqual(['TARGET']);
    expect(declared.fingerprint).toBe(created.fingerprint);
    expect(declared.parameters).toEqual([
      { type: 'choice', name: 'TARGET', choices: ['dev', 'prod'] },
    ]);

    commit(jenkinsfile('second'), 'Second');
    const second = await sandboxed.run(ref, { TARGET: 'prod' });
    expect(await sandboxed.ended(ref, second)).toMatchObject({
      commit: git('rev-parse', 'HEAD'),
      commitMessage: 'Second',
      parameters: { TARGET: 'prod' },
    });
    expect(await sandboxed.log(ref, second)).toContain('second prod\n');
    expect(await engine.changes(ref, second)).toMatchObject([
      {
        commit: git('rev-parse', 'HEAD'),
        message: 'Second',
        author: 'Ann',
        files: 1,
      },
    ]);
    rmSync(clone, { recursive: true });
  });
});
