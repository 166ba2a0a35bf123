/** Names of elements and classes in Jenkins' config.xml. */

export const PROPERTIES = 'properties';
export const DISCARDER = 'jenkins.model.BuildDiscarderProperty';
export const LOG_ROTATOR = 'hudson.tasks.LogRotator';
export const NO_CONCURRENT =
  'org.jenkinsci.plugins.workflow.job.properties.DisableConcurrentBuildsJobProperty';
export const PARAMETERS = 'hudson.model.ParametersDefinitionProperty';
export const TRIGGERS =
  'org.jenkinsci.plugins.workflow.job.properties.PipelineTriggersJobProperty';
export const TIMER = 'hudson.triggers.TimerTrigger';
export const SCM_TIMER = 'hudson.triggers.SCMTrigger';
export const SCRIPT_DEFINITION =
  'org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition';
export const SCM_DEFINITION =
  'org.jenkinsci.plugins.workflow.cps.CpsScmFlowDefinition';
export const GIT = 'hudson.plugins.git.GitSCM';
export const GIT_REMOTE = 'hudson.plugins.git.UserRemoteConfig';
export const GIT_BRANCH = 'hudson.plugins.git.BranchSpec';
/** what a declarative Jenkinsfile declared in its last run, and Jenkins therefore overwrites at the next */
export const DECLARED =
  'org.jenkinsci.plugins.pipeline.modeldefinition.actions.DeclarativeJobPropertyTrackerAction';
