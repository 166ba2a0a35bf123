import { readFileSync } from 'node:fs';
import { applyDeclared } from './declarative';
import { readJobConfig } from './jobConfig';
import { SecretBox } from './SecretBox';
import { corpusPath } from '../execution/testing/corpus';
import { pipelineXml } from '../../testing/testSandbox';
import { childOf, elementAt, parseXml } from '../xml/reader';

const secrets = new SecretBox(SecretBox.newKey());

describe('SecretBox', () => {
  it('looks like a secret of Jenkins and opens again', () => {
    const sealed = secrets.encrypt('s3cret ✓');
    expect(sealed).toMatch(/^\{AQAAAB[A-Za-z0-9+/]+=*\}$/);
    expect(secrets.decrypt(sealed)).toBe('s3cret ✓');
    expect(secrets.isEncrypted(sealed)).toBe(true);
    expect(secrets.encrypt('s3cret ✓')).not.toBe(sealed);
  });

  it('takes anything else as plain text', () => {
    const other = new SecretBox(SecretBox.newKey()).encrypt('x');
    for (const text of ['', 'plain', '{AQAAABAAAA}', '{}', other]) {
      expect(secrets.decrypt(text)).toBe(text);
      expect(secrets.isEncrypted(text)).toBe(false);
    }
  });
});

const corpus = corpusPath('jenkins', 'jjb-config-xml');

(corpus ? describe : describe.skip)(
  'config.xml that jenkins-job-builder made',
  () => {
    const read = (name: string) => readFileSync(`${corpus}/${name}`, 'utf8');

    it('is understood', () => {
      const config = readJobConfig(read('ws1__p1__config.xml'), secrets);
      expect(
        config.parameters.map(({ name, defaultValue }) => [name, defaultValue]),
      ).toEqual([
        ['S', 'd'],
        ['B', true],
        ['C', 'a'],
        ['T', 'l1\nl2'],
        ['P', 'pw'],
        ['F', undefined],
        ['CR', 'cid'],
        ['GP', ''],
      ]);
      expect(config).toMatchObject({
        quietPeriodSeconds: 3,
        authToken: 'tok',
        disableConcurrentBuilds: { abortPrevious: false },
        disableResume: true,
        discarder: { daysToKeep: 7, numToKeep: 5 },
        triggers: {
          timer: 'H 2 * * *',
          scm: { spec: 'H/5 * * * *', ignorePostCommitHooks: true },
          upstream: { projects: ['up'], threshold: 'SUCCESS' },
          generic: [{ token: 'tok123', filterText: '$ref' }],
        },
      });
      expect(
        readJobConfig(read('ws1__p2__config.xml'), secrets).definition,
      ).toEqual({
        kind: 'scm',
        url: 'https://git.example/r.git',
        branch: '*/main',
        credentialsId: 'git-cred',
        scriptPath: 'ci/Jenkinsfile',
      });
    });
  },
);

describe('what a Jenkinsfile declares', () => {
  const PARAMETERS = `<hudson.model.ParametersDefinitionProperty><parameterDefinitions>
    <hudson.model.StringParameterDefinition><name>FORM</name><defaultValue>f</defaultValue></hudson.model.StringParameterDefinition>
    <x.Unknown><name>ODD</name><field>kept</field></x.Unknown>
  </parameterDefinitions></hudson.model.ParametersDefinitionProperty>`;
  const string = (name: string, defaultValue: string) => ({
    type: 'hudson.model.StringParameterDefinition',
    name,
    defaultValue,
  });
  const names = (xml: string) =>
    readJobConfig(xml, secrets).parameters.map(({ name }) => name);

  it('replaces its like, keeps what others defined, takes back what it declared', () => {
    const xml = pipelineXml('x', PARAMETERS);
    const first = applyDeclared(
      xml,
      { parameters: [string('A', '1'), string('FORM', '2')] },
      secrets,
    );
    expect(names(first)).toEqual(['A', 'FORM', 'ODD']);
    expect(first).toContain(
      '<x.Unknown><name>ODD</name><field>kept</field></x.Unknown>',
    );
    const second = applyDeclared(
      first,
      { parameters: [string('B', '3')] },
      secrets,
    );
    expect(names(second)).toEqual(['B', 'ODD']);
    const third = applyDeclared(second, {}, secrets);
    expect(names(third)).toEqual(['ODD']);
    expect(applyDeclared(third, {}, secrets)).toBe(third);
  });

  it('leaves a job alone whose Jenkinsfile declares nothing', () => {
    const xml = pipelineXml('x', PARAMETERS);
    expect(applyDeclared(xml, {}, secrets)).toBe(xml);
  });

  it('writes every kind of parameter, trigger and option', () => {
    const xml = applyDeclared(
      pipelineXml('x'),
      {
        parameters: [
          {
            type: 'hudson.model.ChoiceParameterDefinition',
            name: 'C',
            choices: ['a', 'b'],
          },
          {
            type: 'hudson.model.BooleanParameterDefinition',
            name: 'B',
            defaultValue: true,
          },
          {
            type: 'hudson.model.PasswordParameterDefinition',
            name: 'P',
            defaultValue: 'pw',
          },
          {
            type: 'hudson.model.TextParameterDefinition',
            name: 'T',
            defaultValue: 'a\nb',
          },
        ],
        triggers: {
          cron: ['H 2 * * *'],
          pollScm: ['@hourly'],
          upstream: ['up'],
        },
        disableConcurrentBuilds: { abortPrevious: true },
        buildDiscarder: {
          daysToKeep: -1,
          numToKeep: 3,
          artifactDaysToKeep: -1,
          artifactNumToKeep: 1,
        },
        quietPeriodSeconds: 7,
        disableResume: true,
      },
      secrets,
    );
    expect(xml).not.toContain('>pw<');
    const choices = elementAt(
      parseXml(xml),
      'properties',
      'hudson.model.ParametersDefinitionProperty',
      'parameterDefinitions',
      'hudson.model.ChoiceParameterDefinition',
      'choices',
    );
    expect(choices?.attributes.class).toBe('java.util.ArrayList');
    expect(childOf(choices, 'string')?.text).toBe('a');
    expect(readJobConfig(xml, secrets)).toMatchObject({
      parameters: [
        { name: 'C', choices: ['a', 'b'] },
        { name: 'B', defaultValue: true },
        { name: 'P', defaultValue: 'pw' },
        { name: 'T', defaultValue: 'a\nb' },
      ],
      triggers: {
        timer: 'H 2 * * *',
        scm: { spec: '@hourly' },
        upstream: { projects: ['up'] },
      },
      disableConcurrentBuilds: { abortPrevious: true },
      discarder: { numToKeep: 3, artifactNumToKeep: 1 },
      quietPeriodSeconds: 7,
      disableResume: true,
    });
  });
});
