import { ARTIFACT_STEPS } from './artifacts';
import { BASIC_STEPS } from './basic';
import { BUILD_STEPS } from './build';
import { CHECKOUT_STEPS } from './checkout';
import { CONTROL_STEPS } from './control';
import { CREDENTIAL_STEPS } from './credentials';
import type { StepDefinition } from './definition';
import { FILE_STEPS } from './files';
import { INPUT_STEPS } from './input';
import { PARALLEL_STEP } from './parallel';
import { SHELL_STEPS } from './shell';

const ALL = [
  ...ARTIFACT_STEPS,
  ...BASIC_STEPS,
  ...BUILD_STEPS,
  ...CHECKOUT_STEPS,
  ...CONTROL_STEPS,
  ...CREDENTIAL_STEPS,
  ...FILE_STEPS,
  ...INPUT_STEPS,
  PARALLEL_STEP,
  ...SHELL_STEPS,
];

/** Every step that this stand-in executes, by name. `stage` and `evaluate` are apart. */
export const STEPS: ReadonlyMap<string, StepDefinition> = new Map(
  ALL.map(step => [step.name, step]),
);

/** Steps of well-known plugins that are not executed; naming them makes for a better message. */
export const KNOWN_ELSEWHERE: ReadonlySet<string> = new Set(
  (
    'ansiColor bat build checkpoint configFileProvider container containerLog containerTemplate dockerFingerprintFrom ' +
    'dockerNode emailext emailextrecipients envVarsForTool fileOperations findBuildScans githubNotify gitlabCommitStatus ' +
    'httpRequest jobDsl kubernetesDeploy library libraryResource load lock mail nexusPublisher nodesByLabel office365ConnectorSend ' +
    'podTemplate powershell properties publishChecks publishHTML publishIssues pwsh readCSV readJSON readManifest readMavenPom ' +
    'readProperties readYaml recordCoverage recordIssues resolveScm rocketSend scanForIssues semaphore slackSend sshPublisher ' +
    'sshagent step svn tar throttle timeoutWithLimit tm tool unarchive untar unzip updateGitlabCommitStatus ' +
    'validateDeclarativePipeline waitForBuild waitForQualityGate withAnt withDockerContainer withDockerRegistry ' +
    'withDockerServer withGradle withKubeConfig withMaven withSonarQubeEnv withVault wrap writeCSV writeJSON writeMavenPom ' +
    'writeYaml zip'
  ).split(' '),
);
