import { fingerprint, newJob, readJob, writeJob } from '.';
import { XmlDocument } from '../xml';
import { PARAMETERS, REPOSITORY, SCRIPT, spec } from './__testUtils__/specs';

describe('newJob', () => {
  it('writes what is read back', () => {
    const settings = {
      parameters: PARAMETERS,
      triggers: { cron: 'TZ=UTC\nH 2 * * *', pollScm: 'H/5 * * * *' },
      discard: { days: 7 },
      disableConcurrentRuns: true,
      quietPeriodSeconds: 3,
    };
    const job = readJob(newJob(spec(settings, { source: REPOSITORY })));
    expect(job).toMatchObject({
      description: 'A shop',
      source: REPOSITORY,
      ...settings,
      discard: { days: 7, runs: undefined },
    });
  });

  it('writes little for little', () => {
    expect(newJob(spec()).text).toBe(`<?xml version='1.1' encoding='UTF-8'?>
<flow-definition>
  <description>A shop</description>
  <keepDependencies>false</keepDependencies>
  <properties/>
  <disabled>false</disabled>
  <definition class="org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition">
    <script>pipeline {}
</script>
    <sandbox>true</sandbox>
  </definition>
</flow-definition>
`);
  });

  it('leaves tags as they are', () => {
    const source = { ...REPOSITORY, branch: 'refs/tags/v1' };
    const job = newJob(spec({}, { source }));
    expect(job.text).toContain('<name>refs/tags/v1</name>');
    expect(readJob(job).source).toEqual(source);
  });

  it('refuses to create a parameter of a type that it does not know', () => {
    const parameters = [
      { type: 'unsupported', name: 'F', engineType: 'x.File' },
    ];
    expect(() => newJob(spec({ parameters }))).toThrow(
      'The parameter "F" is of the type x.File, which can only be created in Jenkins',
    );
  });
});

describe('writeJob', () => {
  const full = newJob(
    spec({
      parameters: PARAMETERS,
      triggers: { cron: 'H 2 * * *' },
      discard: { days: 7, runs: 5 },
      disableConcurrentRuns: true,
      quietPeriodSeconds: 3,
    }),
  );

  it('takes everything away again', () => {
    const { parameters, ...rest } = readJob(writeJob(full, spec()));
    expect(parameters).toEqual([]);
    expect(rest).toMatchObject({
      triggers: { cron: undefined, pollScm: undefined },
      discard: undefined,
      disableConcurrentRuns: false,
      quietPeriodSeconds: undefined,
    });
    expect(writeJob(full, spec()).text).toBe(
      newJob(spec()).text.replace(
        '<properties/>',
        '<properties>\n  </properties>',
      ),
    );
  });

  it('keeps what it does not know', () => {
    const alien = `<com.acme.Property plugin="acme@1">
      <secret>{AQAAABAAAAAQ}</secret><!-- c -->
    </com.acme.Property>`;
    const trigger = '<com.acme.Trigger><spec/></com.acme.Trigger>';
    const file =
      '<hudson.model.FileParameterDefinition><name>F</name></hudson.model.FileParameterDefinition>';
    const odd =
      '<hudson.model.StringParameterDefinition><name>odd-name</name></hudson.model.StringParameterDefinition>';
    const text = full.text
      .replace('<properties>', `<properties>\n    ${alien}`)
      .replace('<triggers>', `<triggers>${trigger}`)
      .replace('<parameterDefinitions>', `<parameterDefinitions>${file}${odd}`)
      .replace(
        '</flow-definition>',
        '<authToken>tok</authToken></flow-definition>',
      )
      .replace(
        '<flow-definition>',
        '<flow-definition plugin="workflow-job@1400">',
      );
    const after = writeJob(
      new XmlDocument(text),
      spec({ parameters: [PARAMETERS[0]] }, { source: REPOSITORY }),
    ).text;
    for (const kept of [
      alien,
      trigger,
      file,
      odd,
      '<authToken>tok</authToken>',
      'workflow-job@1400',
    ]) {
      expect(after).toContain(kept);
    }
    expect(readJob(new XmlDocument(after)).source).toEqual(REPOSITORY);
    expect(after).not.toContain('<name>T</name>');
  });

  it('keeps password defaults, whatever else changes about the parameter', () => {
    const text = full.text.replace(
      '<name>P</name>',
      '<name>P</name><defaultValue>{AQAAABAAAAAQ}</defaultValue>',
    );
    const password = { type: 'password', name: 'P', description: 'new' };
    const after = writeJob(
      new XmlDocument(text),
      spec({ parameters: [password, PARAMETERS[0]] }),
    );
    expect(after.text).toContain('<defaultValue>{AQAAABAAAAAQ}</defaultValue>');
    expect(readJob(after).parameters[0]).toEqual({
      ...password,
      hasDefault: true,
    });
  });

  it('leaves alone what the Jenkinsfile declares', () => {
    const declared = `<actions>
    <org.jenkinsci.plugins.pipeline.modeldefinition.actions.DeclarativeJobPropertyTrackerAction plugin="p@1">
      <jobProperties><string>jenkins.model.BuildDiscarderProperty</string><string>org.jenkinsci.plugins.workflow.job.properties.DisableConcurrentBuildsJobProperty</string></jobProperties>
      <triggers><string>hudson.triggers.TimerTrigger</string></triggers>
      <parameters><string>S</string><string>C</string></parameters>
      <options/>
    </org.jenkinsci.plugins.pipeline.modeldefinition.actions.DeclarativeJobPropertyTrackerAction>
  </actions>`;
    const document = new XmlDocument(
      full.text.replace('<description>', `${declared}\n  <description>`),
    );
    const after = writeJob(
      document,
      spec({
        parameters: [
          { type: 'string', name: 'S', defaultValue: 'of the portal' },
          { type: 'string', name: 'NEW' },
        ],
        quietPeriodSeconds: 3,
      }),
    );
    const job = readJob(after);
    expect(job.parameters).toEqual([
      expect.objectContaining({ name: 'NEW' }),
      PARAMETERS[0],
      PARAMETERS[3],
    ]);
    expect(job).toMatchObject({
      triggers: { cron: 'H 2 * * *' },
      discard: { days: 7, runs: 5 },
      disableConcurrentRuns: true,
    });
    // the Jenkinsfile's part may change without anybody noticing
    const rewritten = new XmlDocument(
      after.text
        .replace('<daysToKeep>7<', '<daysToKeep>8<')
        .replace('> d <', '>e<'),
    );
    expect(fingerprint(rewritten)).toBe(fingerprint(after));
  });

  it('changes a definition of another kind', () => {
    const other = new XmlDocument(
      `<flow-definition><definition class="com.acme.Definition"><x/></definition></flow-definition>`,
    );
    expect(readJob(other).source).toBeUndefined();
    expect(readJob(writeJob(other, spec())).source).toEqual(SCRIPT);
    expect(
      readJob(writeJob(full, spec({}, { source: REPOSITORY }))).source,
    ).toEqual(REPOSITORY);
  });

  it('turns the sandbox on', () => {
    const open = full.text.replace('<sandbox>true', '<sandbox>false');
    expect(writeJob(new XmlDocument(open), spec()).text).toContain(
      '<sandbox>true</sandbox>',
    );
  });
});

describe('fingerprint', () => {
  const job = newJob(spec({ parameters: PARAMETERS }));

  it('is the same for what only looks different', () => {
    const other = job.text
      .replace('<flow-definition>', '<flow-definition plugin="x@2">')
      .replaceAll('\n    ', '\n')
      .replace(
        '<name>P</name>',
        '<name>P</name><defaultValue>{A}</defaultValue>',
      );
    expect(fingerprint(new XmlDocument(other))).toBe(fingerprint(job));
  });

  it.each([
    ['A shop', 'Another'],
    ['pipeline {}', 'node {}'],
    ['<name>S<', '<name>X<'],
    ['<trim>true<', '<trim>false<'],
    ['CpsFlowDefinition', 'com.acme.Definition'],
  ])('notices a change of %s', (from, to) => {
    expect(fingerprint(new XmlDocument(job.text.replace(from, to)))).not.toBe(
      fingerprint(job),
    );
  });
});
