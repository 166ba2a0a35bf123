/**
 * For each step the name of the one parameter that it must have: that is what a lone argument without a name means.
 * `undefined` for a step that has none or several. What a Jenkins itself has, its
 * `blue/rest/pipeline-metadata/steps` tells.
 */
export type StepParameters = Readonly<Record<string, string | undefined>>;

/** Steps without a block (one with a block keeps its argument without a name), by the plugin that brings them. */
const STANDARD_STEPS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    // workflow-basic-steps
    archive: 'includes',
    error: 'message',
    fileExists: 'file',
    readFile: 'file',
    sleep: 'time',
    stash: 'name',
    step: 'delegate',
    tool: 'name',
    unstable: 'message',
    unstash: 'name',
    // workflow-cps, workflow-support, workflow-multibranch
    echo: 'message',
    load: 'path',
    properties: 'properties',
    readTrusted: 'path',
    // workflow-durable-task-step
    bat: 'script',
    powershell: 'script',
    pwsh: 'script',
    sh: 'script',
    // workflow-scm-step, git
    checkout: 'scm',
    git: 'url',
    // pipeline-groovy-lib
    library: 'identifier',
    libraryResource: 'resource',
    // pipeline-build-step, pipeline-input-step, pipeline-milestone-step
    build: 'job',
    input: 'message',
    milestone: 'ordinal',
    waitForBuild: 'runId',
    // Jenkins core, junit, htmlpublisher
    archiveArtifacts: 'artifacts',
    fingerprint: 'targets',
    junit: 'testResults',
    publishHTML: 'target',
    // pipeline-utility-steps, kubernetes
    containerLog: 'name',
    nodesByLabel: 'label',
    sha1: 'file',
    sha256: 'file',
    touch: 'file',
    unzip: 'zipFile',
    zip: 'zipFile',
  }),
);

/** The parameter that a lone unnamed argument of a step stands for; `known` comes before the standard steps. */
export function soleRequiredParameter(
  step: string,
  known: StepParameters,
): string | undefined {
  return Object.hasOwn(known, step) ? known[step] : STANDARD_STEPS.get(step);
}
