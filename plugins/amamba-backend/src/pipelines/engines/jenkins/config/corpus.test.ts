import type { PipelineSource } from '@amamba/backstage-plugin-amamba-common';
import { existsSync, readFileSync } from 'fs';
import path from 'path';
import { readJob, writeJob } from '.';
import { XmlDocument } from '../xml';

const corpus = path.resolve(
  process.env.AMAMBA_CORPUS ??
    path.join(__dirname, '../../../../../../../../shared/corpus'),
  'jenkins/jjb-config-xml',
);
const describeCorpus = existsSync(corpus) ? describe : describe.skip;
if (!existsSync(corpus)) {
  process.stderr.write(`No corpus at ${corpus}: its tests are skipped\n`);
}

describeCorpus('config.xml of jenkins-job-builder', () => {
  const read = (name: string) =>
    new XmlDocument(readFileSync(path.join(corpus, name), 'utf8'));

  it('reads a script job', () => {
    const job = readJob(read('ws1__p1__config.xml'));
    expect(job.source).toMatchObject({ type: 'script' });
    expect(job.parameters).toEqual([
      {
        type: 'string',
        name: 'S',
        description: 'ds',
        defaultValue: 'd',
        trim: true,
      },
      { type: 'boolean', name: 'B', description: 'db', defaultValue: true },
      { type: 'choice', name: 'C', description: 'dc', choices: ['a', 'b'] },
      { type: 'text', name: 'T', description: 'dt', defaultValue: 'l1\nl2' },
      { type: 'password', name: 'P', description: 'dp', hasDefault: true },
      {
        type: 'unsupported',
        name: 'F',
        description: 'df',
        engineType: 'hudson.model.FileParameterDefinition',
      },
      {
        type: 'unsupported',
        name: 'CR',
        description: 'dcr',
        engineType:
          'com.cloudbees.plugins.credentials.CredentialsParameterDefinition',
      },
      {
        type: 'unsupported',
        name: 'GP',
        description: 'dg',
        engineType:
          'net.uaznia.lukanus.hudson.plugins.gitparameter.GitParameterDefinition',
      },
    ]);
    expect(job).toMatchObject({
      triggers: { cron: 'H 2 * * *', pollScm: 'H/5 * * * *' },
      discard: { days: 7, runs: 5 },
      disableConcurrentRuns: true,
      quietPeriodSeconds: 3,
    });
  });

  it('reads a job with a repository', () => {
    expect(readJob(read('ws1__p2__config.xml')).source).toEqual({
      type: 'repository',
      url: 'https://git.example/r.git',
      branch: 'main',
      scriptPath: 'ci/Jenkinsfile',
      credentialId: 'git-cred',
    });
  });

  it.each(['ws1__p1__config.xml', 'ws1__p2__config.xml'])(
    'writes %s back byte by byte when nothing changes',
    name => {
      const document = read(name);
      const { description, source, declared, ...settings } = readJob(document);
      expect(declared.parameters.size).toBe(0);
      const same = writeJob(document, {
        description,
        source: source as PipelineSource,
        settings,
      });
      expect(same.text).toBe(document.text);
    },
  );

  it('changes one field in one place', () => {
    const document = read('ws1__p1__config.xml');
    const { source, declared, ...settings } = readJob(document);
    expect(declared.triggers.size).toBe(0);
    const changed = writeJob(document, {
      description: 'new',
      source: source as PipelineSource,
      settings,
    });
    expect(changed.text).toBe(
      document.text.replace(
        'demo&lt;!-- Managed by Jenkins Job Builder --&gt;',
        'new',
      ),
    );
  });

  it('accepts the shape of choices that a Jenkinsfile leaves behind', () => {
    const { text } = read('ws1__p1__config.xml');
    const plain = text.replace(
      /<choices[^]*<\/choices>/,
      '<choices><string>a</string><string>b</string></choices>',
    );
    expect(readJob(new XmlDocument(plain)).parameters[2]).toMatchObject({
      choices: ['a', 'b'],
    });
  });
});
