/** Java class names that stand in config.xml, in `_class` and in events. */

export const FOLDER = 'com.cloudbees.hudson.plugins.folder.Folder';
export const WORKFLOW_JOB = 'org.jenkinsci.plugins.workflow.job.WorkflowJob';
export const WORKFLOW_RUN = 'org.jenkinsci.plugins.workflow.job.WorkflowRun';
/** root element of a pipeline job's config.xml */
export const FLOW_DEFINITION = 'flow-definition';

export const CPS_SCRIPT =
  'org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition';
export const CPS_SCM =
  'org.jenkinsci.plugins.workflow.cps.CpsScmFlowDefinition';
export const GIT_SCM = 'hudson.plugins.git.GitSCM';

const JOB_PROPERTIES = 'org.jenkinsci.plugins.workflow.job.properties';
export const PROPERTY = {
  parameters: 'hudson.model.ParametersDefinitionProperty',
  discarder: 'jenkins.model.BuildDiscarderProperty',
  noConcurrent: `${JOB_PROPERTIES}.DisableConcurrentBuildsJobProperty`,
  noResume: `${JOB_PROPERTIES}.DisableResumeJobProperty`,
  triggers: `${JOB_PROPERTIES}.PipelineTriggersJobProperty`,
  preserveStashes:
    'org.jenkinsci.plugins.pipeline.modeldefinition.properties.PreserveStashesJobProperty',
} as const;

export const TRIGGER = {
  timer: 'hudson.triggers.TimerTrigger',
  scm: 'hudson.triggers.SCMTrigger',
  upstream: 'jenkins.triggers.ReverseBuildTrigger',
  generic: 'org.jenkinsci.plugins.gwt.GenericTrigger',
} as const;

export const PARAMETER = {
  string: 'hudson.model.StringParameterDefinition',
  text: 'hudson.model.TextParameterDefinition',
  boolean: 'hudson.model.BooleanParameterDefinition',
  choice: 'hudson.model.ChoiceParameterDefinition',
  password: 'hudson.model.PasswordParameterDefinition',
  file: 'hudson.model.FileParameterDefinition',
  credentials:
    'com.cloudbees.plugins.credentials.CredentialsParameterDefinition',
  git: 'net.uaznia.lukanus.hudson.plugins.gitparameter.GitParameterDefinition',
} as const;

/** The class of the value that a definition of this class makes. */
export function parameterValueClass(definition: string): string {
  return definition === PARAMETER.choice
    ? 'hudson.model.StringParameterValue'
    : definition.replace(/ParameterDefinition$/, 'ParameterValue');
}

export const CAUSE = {
  user: 'hudson.model.Cause$UserIdCause',
  remote: 'hudson.model.Cause$RemoteCause',
  upstream: 'hudson.model.Cause$UpstreamCause',
  timer: 'hudson.triggers.TimerTrigger$TimerTriggerCause',
  scm: 'hudson.triggers.SCMTrigger$SCMTriggerCause',
  generic: 'org.jenkinsci.plugins.gwt.GenericCause',
  replay: 'org.jenkinsci.plugins.workflow.cps.replay.ReplayCause',
  restart:
    'org.jenkinsci.plugins.pipeline.modeldefinition.causes.RestartDeclarativePipelineCause',
} as const;
