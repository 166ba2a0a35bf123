import { execFileSync } from 'child_process';
import { mkdir, writeFile } from 'fs/promises';
import { dirname, join } from 'path';
import { repository, runPipelineText, temporary } from '../testing/harness';
import type { Credential } from '../types';

const write = async (path: string, content: string) => {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, content);
};

describe('sh', () => {
  it('traces as sh -xe does, in order with what is printed', async () => {
    const { log } = await runPipelineText(
      `node { sh '''echo one\necho two >&2\necho three''' }`,
    );
    expect(log).toContain(
      '+ echo one\none\n+ echo two\ntwo\n+ echo three\nthree\n',
    );
  });

  it('fails by its exit code, or returns it', async () => {
    const failing = await runPipelineText(`node { sh 'exit 3' }`);
    expect(failing.outcome.result).toBe('FAILURE');
    expect(failing.log).toContain('ERROR: script returned exit code 3');
    const status = await runPipelineText(
      `node { def s = sh(script: 'exit 3', returnStatus: true); echo "status \${s}" }`,
    );
    expect(status.log).toContain('status 3');
  });

  it('returns its output without the trace', async () => {
    const { log } = await runPipelineText(
      `node { def o = sh(script: 'echo out; echo err >&2', returnStdout: true); echo "<\${o.trim()}>" }`,
    );
    expect(log).toContain('<out>');
    expect(log).toContain('err');
  });

  it('runs a script by its own interpreter', async () => {
    const { log } = await runPipelineText(
      `node { sh '#!/bin/bash\\necho "\${BASH_VERSION:+bash}"' }`,
    );
    expect(log).toContain('\nbash\n');
    expect(log).not.toContain('+ echo');
  });

  it('has the environment of withEnv, PATH additions included', async () => {
    const { log } = await runPipelineText(
      `node { withEnv(['A=1', 'B=\${A}2', 'PATH+X=/opt/x']) { sh 'echo "B is $B"; echo "$PATH"' } ; sh 'echo "after <$A>"' }`,
    );
    expect(log).toContain('B is 12');
    expect(log).toContain('\n/opt/x:');
    expect(log).toContain('after <>');
  });

  it('streams much output without keeping it', async () => {
    const before = process.memoryUsage().rss;
    let bytes = 0;
    const { outcome } = await runPipelineText(
      `node { sh 'set +x; head -c 30000000 /dev/zero | tr "\\\\0" x' }`,
      {
        onLog: text => {
          bytes += text.length;
        },
      },
    );
    expect(outcome.result).toBe('SUCCESS');
    expect(bytes).toBeGreaterThan(30_000_000);
    expect(process.memoryUsage().rss - before).toBeLessThan(300_000_000);
  });

  it('needs a node', async () => {
    const { log, outcome } = await runPipelineText(`sh 'true'`);
    expect(outcome.result).toBe('FAILURE');
    expect(log).toContain('Required context class hudson.FilePath is missing');
    expect(log).toContain(
      'Perhaps you forgot to surround the step with a step that provides this, such as: node',
    );
  });
});

const credentials: Credential[] = [
  {
    kind: 'usernamePassword',
    id: 'up',
    username: 'bob',
    password: 'pa$$ w0rd',
  },
  { kind: 'string', id: 'text', secret: 'quite-secret' },
  {
    kind: 'file',
    id: 'file',
    fileName: 'k.json',
    content: Buffer.from('in the file'),
  },
  {
    kind: 'sshUserPrivateKey',
    id: 'ssh',
    username: 'git',
    privateKey: 'KEY',
    passphrase: 'open-sesame',
  },
];

describe('withCredentials', () => {
  it('binds every kind and keeps secrets out of the log', async () => {
    const { log, outcome } = await runPipelineText(
      `node {
        withCredentials([
          usernamePassword(credentialsId: 'up', usernameVariable: 'U', passwordVariable: 'P'),
          string(credentialsId: 'text', variable: 'T'),
          file(credentialsId: 'file', variable: 'F'),
          sshUserPrivateKey(credentialsId: 'ssh', keyFileVariable: 'K', usernameVariable: 'KU', passphraseVariable: 'KP'),
          usernameColonPassword(credentialsId: 'up', variable: 'UP'),
        ]) {
          sh 'echo "user $U, password $P, text $T, both $UP, phrase $KP"'
          sh 'cat "$F" "$K"; echo; stat -c %a "$F"; echo "\${#P} \${#T}"'
          echo "text again \${T}"
        }
        sh 'test -z "$T"'
        echo 'quite-secret is no secret here'
      }`,
      { credentials },
    );
    expect(outcome.result).toBe('SUCCESS');
    expect(log).toContain(
      'user bob, password ****, text ****, both ****, phrase ****',
    );
    expect(log).toContain('in the fileKEY');
    expect(log).toContain('400');
    expect(log).toContain('9 12');
    expect(log).toContain('text again ****');
    expect(log).toContain('Masking supported pattern matches of $P or $T');
    expect(log.replace('quite-secret is no secret here', '')).not.toMatch(
      /quite-secret|pa\$\$ w0rd|open-sesame/,
    );
  });

  it('masks a secret that comes in pieces, and in lines that are cut', async () => {
    const { log } = await runPipelineText(
      `node { withCredentials([string(credentialsId: 'text', variable: 'T')]) {
        sh '''set +x
          printf 'quite-'; sleep 0.2; printf 'secret\\\\n'
          head -c 65530 /dev/zero | tr '\\\\0' x; echo "$T"'''
      } }`,
      { credentials },
    );
    expect(log).toContain('****');
    expect(log).not.toContain('quite-secret');
    expect(log.replaceAll('\n', '')).not.toContain('quite-secret');
  });

  it('masks secrets in the error that ends the build', async () => {
    const { log, nodes } = await runPipelineText(
      `withCredentials([string(credentialsId: 'text', variable: 'T')]) { error "no \${T}" }`,
      { credentials },
    );
    expect(log).toContain('ERROR: no ****');
    expect(JSON.stringify([...nodes.values()])).not.toContain('quite-secret');
  });

  it('says which credential is missing', async () => {
    const { log } = await runPipelineText(
      `withCredentials([string(credentialsId: 'nope', variable: 'T')]) { }`,
    );
    expect(log).toContain(
      "CredentialNotFoundException: Could not find credentials entry with ID 'nope'",
    );
  });
});

describe('files', () => {
  it('are written, read, found, stashed and removed', async () => {
    const { log, outcome, archived } = await runPipelineText(`node {
      writeFile file: 'a/b.txt', text: 'héllo'
      writeFile file: 'a/c.log', text: 'x'
      echo "\${readFile('a/b.txt')} \${fileExists('a/b.txt')} \${fileExists('nope')}"
      dir('a') { echo "in \${pwd()}"; echo findFiles(glob: '*.txt')[0].name }
      stash name: 's', includes: 'a/*.txt'
      archiveArtifacts artifacts: 'a/**', excludes: '**/*.log', fingerprint: true
      dir('a') { deleteDir() }
      echo "gone \${fileExists('a')}"
      unstash 's'
      echo "back \${fileExists('a/b.txt')} \${fileExists('a/c.log')}"
      cleanWs()
      echo "clean \${fileExists('a')}"
      archiveArtifacts artifacts: 'none/**', allowEmptyArchive: true
      try { archiveArtifacts 'none/**' } catch (e) { echo "caught \${e.message}" }
      try { readFile 'nope' } catch (java.nio.file.NoSuchFileException e) { echo 'no file' }
      try { unstash 'nope' } catch (e) { echo e.message }
    }`);
    expect(outcome.result).toBe('SUCCESS');
    for (const text of [
      'héllo true false',
      '/a\n',
      'b.txt',
      'gone false',
      'back true false',
      'clean false',
      'caught No artifacts found that match the file pattern "none/**". Configuration error?',
      'no file',
      'No such saved stash ‘nope’',
    ]) {
      expect(log).toContain(text);
    }
    expect(archived).toEqual(['a/b.txt']);
  });

  it('hands JUnit files on and becomes unstable with failures', async () => {
    const report =
      '<testsuite><testcase name="a"/><testcase name="b"><failure/></testcase></testsuite>';
    const { outcome, junitFiles, log } = await runPipelineText(
      `node { writeFile file: 'r/x.xml', text: '''${report}'''
        def s = junit 'r/*.xml'
        echo "\${s.totalCount} \${s.failCount} \${s.passCount}" }`,
    );
    expect(outcome.result).toBe('UNSTABLE');
    expect(junitFiles).toEqual(['r/x.xml']);
    expect(log).toContain('2 1 1');
    const none = await runPipelineText(`node { junit 'r/*.xml' }`);
    expect(none.log).toContain(
      'No test report files were found. Configuration error?',
    );
  });
});

describe('checkout', () => {
  it('checks out, tells the variables, and knows what changed', async () => {
    const folder = await temporary();
    try {
      const scm = await repository(
        join(folder.path, 'r'),
        { 'a.txt': '1' },
        write,
      );
      const script = `node {
        def v = checkout scm
        echo "branch \${v.GIT_BRANCH} \${v.GIT_COMMIT.size()}"
        echo readFile('a.txt')
        dir('other') { git url: '${scm.url}', branch: 'master' }
        echo "\${fileExists('other/a.txt')}"
      }`;
      const first = await runPipelineText(script, { scm });
      expect(first.outcome.result).toBe('SUCCESS');
      expect(first.log).toContain('branch origin/master 40');
      expect(first.checkouts[0].changes).toEqual([]);
      await write(join(scm.url, 'b.txt'), '2');
      const git = (...args: string[]) =>
        execFileSync(
          'git',
          ['-c', 'user.name=Ann', '-c', 'user.email=a@localhost', ...args],
          { cwd: scm.url },
        );
      git('add', '-A');
      git('commit', '-q', '-m', 'Add b\n\nfor PROJ-7');
      const second = await runPipelineText(script, {
        scm,
        previousCommit: first.checkouts[0].commit,
      });
      expect(second.checkouts[0].changes).toMatchObject([
        {
          author: 'Ann',
          message: 'Add b\n\nfor PROJ-7',
          paths: [{ editType: 'add', file: 'b.txt' }],
        },
      ]);
    } finally {
      await folder.remove();
    }
  });

  it.each(['--upload-pack=touch x', 'ext::sh -c true'])(
    'refuses %s as a URL',
    async url => {
      const { log, outcome } = await runPipelineText(
        `node { git url: '${url}' }`,
      );
      expect(outcome.result).toBe('FAILURE');
      expect(log).toContain('Not a URL of a repository');
    },
  );
});

describe('input', () => {
  const approve = (
    values: Record<string, string | boolean>,
    proceed = true,
  ) => ({
    started(execution: {
      pendingInputs(): { id: string }[];
      answerInput(id: string, answer: never): void;
      done: Promise<unknown>;
    }) {
      const timer = setInterval(() => {
        for (const { id } of execution.pendingInputs()) {
          execution.answerInput(id, { proceed, by: 'ann', values } as never);
        }
      }, 5);
      execution.done.finally(() => clearInterval(timer));
    },
  });

  it('gives nothing, one value, or a map, as Jenkins does', async () => {
    const { log, inputs } = await runPipelineText(
      `echo "<\${input('Go?')}>"
       echo "<\${input(message: 'One', id: 'one', parameters: [string(name: 'A', defaultValue: 'd')])}>"
       echo "<\${input(message: 'Two', submitterParameter: 'WHO', parameters: [booleanParam(name: 'B'), choice(name: 'C', choices: ['x', 'y'])])}>"`,
      approve({ A: 'given', B: true }),
    );
    expect(log).toContain('<null>');
    expect(log).toContain('<given>');
    expect(log).toContain('<[B:true, C:x, WHO:ann]>');
    expect(log).toContain('Approved by ann');
    expect(inputs.map(({ id, ok }) => [id, ok])[1]).toEqual(['One', 'Proceed']);
  });

  it('aborts when rejected', async () => {
    const { log, outcome } = await runPipelineText(
      `input 'Go?'`,
      approve({}, false),
    );
    expect(outcome.result).toBe('ABORTED');
    expect(log).toContain('Rejected by ann');
  });
});

describe('catchError, warnError and unstable', () => {
  it('set the results they are told', async () => {
    const { outcome, nodes, log } = await runPipelineText(
      `stage('a') { catchError(buildResult: 'UNSTABLE', stageResult: 'FAILURE', message: 'noted') { error 'x' } }
       stage('b') { warnError('warned') { error 'y' } }
       stage('c') { echo "\${currentBuild.result} \${currentBuild.currentResult}" }`,
    );
    expect(outcome.result).toBe('UNSTABLE');
    expect(log).toContain('noted\nERROR: x');
    expect(log).toContain('UNSTABLE UNSTABLE');
    const stages = [...nodes.values()].filter(({ kind }) => kind === 'stage');
    expect(stages.map(({ state }) => state)).toEqual([
      'failure',
      'unstable',
      'success',
    ]);
  });
});
