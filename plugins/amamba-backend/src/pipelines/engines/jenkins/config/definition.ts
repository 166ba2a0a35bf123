import type { PipelineSource } from '@amamba/backstage-plugin-amamba-common';
import { element, type XmlDocument, type XmlFragment } from '../xml';
import {
  GIT,
  GIT_BRANCH,
  GIT_REMOTE,
  SCM_DEFINITION,
  SCRIPT_DEFINITION,
} from './names';

const DEFINITION = ['definition'];
const SCM = [...DEFINITION, 'scm'];
const REMOTE = [...SCM, 'userRemoteConfigs', GIT_REMOTE];
const BRANCH = [...SCM, 'branches', GIT_BRANCH, 'name'];
const FIELDS = {
  script: 'The script',
  url: 'The address of the repository',
  credential: 'The credential',
  branch: 'The branch',
  scriptPath: 'The path of the Jenkinsfile',
};

/**
 * A branch as the Git plugin understands it: names are those of branches, anything below `refs/` (`refs/tags/v1`)
 * is taken as it is.
 */
function branchSpec(branch: string): string {
  return branch.startsWith('refs/') ? branch : `*/${branch}`;
}

/** Inverse of {@link branchSpec}; other ways to write a plain branch mean the same. */
function branchOf(spec: string): string {
  return spec.replace(/^(?:\*\/|refs\/heads\/)/, '');
}

/** Where the Jenkinsfile comes from; undefined when it is something that the portal does not know. */
export function readSource(document: XmlDocument): PipelineSource | undefined {
  const definition = document.find(DEFINITION);
  const text = (path: string[]) => document.find(path)?.text ?? '';
  if (definition?.attributes.class === SCRIPT_DEFINITION) {
    return { type: 'script', script: text([...DEFINITION, 'script']) };
  }
  const isGit =
    definition?.attributes.class === SCM_DEFINITION &&
    document.find(SCM)?.attributes.class === GIT;
  if (!isGit) return undefined;
  return {
    type: 'repository',
    url: text([...REMOTE, 'url']),
    branch: branchOf(text(BRANCH)),
    scriptPath: text([...DEFINITION, 'scriptPath']),
    credentialId: text([...REMOTE, 'credentialsId']) || undefined,
  };
}

function newDefinition(source: PipelineSource): XmlFragment {
  if (source.type === 'script') {
    return element(`definition class="${SCRIPT_DEFINITION}"`, [
      element('script', source.script, FIELDS.script),
      element('sandbox', 'true'),
    ]);
  }
  const { url, branch, scriptPath, credentialId } = source;
  return element(`definition class="${SCM_DEFINITION}"`, [
    element(`scm class="${GIT}"`, [
      element('configVersion', '2'),
      element('userRemoteConfigs', [
        element(GIT_REMOTE, [
          element('url', url, FIELDS.url),
          ...(credentialId
            ? [element('credentialsId', credentialId, FIELDS.credential)]
            : []),
        ]),
      ]),
      element('branches', [
        element(GIT_BRANCH, [
          element('name', branchSpec(branch), FIELDS.branch),
        ]),
      ]),
      element('doGenerateSubmoduleConfigurations', 'false'),
      element('submoduleCfg class="empty-list"'),
      element('extensions'),
    ]),
    element('scriptPath', scriptPath, FIELDS.scriptPath),
    element('lightweight', 'true'),
  ]);
}

/** Makes the job take its Jenkinsfile from there; of a definition of the same kind only what differs is changed. */
export function withSource(
  document: XmlDocument,
  source: PipelineSource,
): XmlDocument {
  const present = readSource(document);
  if (source.type === 'script' && present?.type === 'script') {
    return document
      .withText([...DEFINITION, 'script'], source.script, FIELDS.script)
      .withText([...DEFINITION, 'sandbox'], 'true', 'sandbox');
  }
  const canEdit =
    source.type === 'repository' &&
    present?.type === 'repository' &&
    document.find(REMOTE) &&
    document.find(BRANCH);
  if (!canEdit) return document.replace(DEFINITION, newDefinition(source));
  const { url, branch, scriptPath, credentialId } = source;
  const credential = [...REMOTE, 'credentialsId'];
  const edited = document
    .withText([...REMOTE, 'url'], url, FIELDS.url)
    .withText([...DEFINITION, 'scriptPath'], scriptPath, FIELDS.scriptPath);
  const branched =
    present.branch === branch
      ? edited
      : edited.withText(BRANCH, branchSpec(branch), FIELDS.branch);
  return credentialId
    ? branched.withText(credential, credentialId, FIELDS.credential)
    : branched.without(credential);
}
