import type { JobProperties } from '../execution/types';
import {
  RawXml,
  removeElement,
  setProperty,
  setRootChild,
  XmlNode,
} from '../xml/editor';
import { appendChild, replaceElement } from '../xml/editor';
import { childOf, elementAt, parseXml, XmlElement } from '../xml/reader';
import { PROPERTY, TRIGGER } from './classNames';
import { writeParameter } from './parameters';
import type { SecretBox } from './SecretBox';

const ACTIONS = 'org.jenkinsci.plugins.pipeline.modeldefinition.actions';
const JOB_ACTION = `${ACTIONS}.DeclarativeJobAction`;
const TRACKER = `${ACTIONS}.DeclarativeJobPropertyTrackerAction`;

/** What the Jenkinsfile of an earlier run declared, and may therefore take away again. */
interface Tracked {
  jobProperties: string[];
  triggers: string[];
  parameters: string[];
}

const leaf = (name: string, content: string): XmlNode => ({ name, content });

const strings = (name: string, values: string[]): XmlNode => ({
  name,
  content: values.map(value => leaf('string', value)),
});

function readTracked(xml: string): Tracked {
  const tracker = elementAt(parseXml(xml), 'actions', TRACKER);
  const list = (name: string) =>
    (childOf(tracker, name)?.children ?? []).map(child => child.text);
  return {
    jobProperties: list('jobProperties'),
    triggers: list('triggers'),
    parameters: list('parameters'),
  };
}

function writeTracked(xml: string, tracked: Tracked): string {
  const root = parseXml(xml);
  const actions = childOf(root, 'actions');
  const foreign = (actions?.children ?? []).filter(
    child => child.name !== JOB_ACTION && child.name !== TRACKER,
  );
  const node: XmlNode = {
    name: 'actions',
    content: [
      ...foreign.map(child => raw(xml, child)),
      { name: JOB_ACTION },
      {
        name: TRACKER,
        content: [
          strings('jobProperties', tracked.jobProperties),
          strings('triggers', tracked.triggers),
          strings('parameters', tracked.parameters),
          { name: 'options' },
        ],
      },
    ],
  };
  return actions
    ? replaceElement(xml, actions, node)
    : appendChild(xml, root, node);
}

function raw(xml: string, element: XmlElement): RawXml {
  return { raw: xml.slice(element.start, element.end) };
}

function triggerNodes(triggers: JobProperties['triggers']): XmlNode[] {
  const nodes: XmlNode[] = [];
  if (triggers?.cron?.length) {
    nodes.push({
      name: TRIGGER.timer,
      content: [leaf('spec', triggers.cron.join('\n'))],
    });
  }
  if (triggers?.pollScm?.length) {
    nodes.push({
      name: TRIGGER.scm,
      content: [
        leaf('spec', triggers.pollScm.join('\n')),
        leaf('ignorePostCommitHooks', 'false'),
      ],
    });
  }
  if (triggers?.upstream?.length) {
    nodes.push({
      name: TRIGGER.upstream,
      content: [
        leaf('spec', ''),
        leaf('upstreamProjects', triggers.upstream.join(', ')),
        {
          name: 'threshold',
          content: [
            leaf('name', 'SUCCESS'),
            leaf('ordinal', '0'),
            leaf('color', 'BLUE'),
            leaf('completeBuild', 'true'),
          ],
        },
      ],
    });
  }
  return nodes;
}

function jobPropertyNodes(properties: JobProperties): XmlNode[] {
  const nodes: XmlNode[] = [];
  const { buildDiscarder, disableConcurrentBuilds } = properties;
  if (buildDiscarder) {
    const content = Object.entries(buildDiscarder).map(([name, value]) =>
      leaf(name, String(value)),
    );
    nodes.push({
      name: PROPERTY.discarder,
      content: [
        {
          name: 'strategy',
          attributes: { class: 'hudson.tasks.LogRotator' },
          content,
        },
      ],
    });
  }
  if (disableConcurrentBuilds) {
    nodes.push({
      name: PROPERTY.noConcurrent,
      content: [
        leaf('abortPrevious', String(disableConcurrentBuilds.abortPrevious)),
      ],
    });
  }
  if (properties.disableResume) nodes.push({ name: PROPERTY.noResume });
  return nodes;
}

/** The new list: what the Jenkinsfile declares, then what others defined and it doesn't touch. */
function merge(
  xml: string,
  list: XmlElement | undefined,
  declared: XmlNode[],
  isOurs: (element: XmlElement) => boolean,
): (XmlNode | RawXml)[] {
  const kept = (list?.children ?? []).filter(element => !isOurs(element));
  return [...declared, ...kept.map(element => raw(xml, element))];
}

/**
 * Writes what a declarative Jenkinsfile says about its own job into config.xml, as
 * `pipeline-model-definition` does: what it declares replaces its like, what an earlier run declared and this one does
 * not is removed, and what somebody else defined stays. What it owns is kept in `DeclarativeJobPropertyTrackerAction`.
 * Returns the same text when nothing is declared now or was before.
 */
export function applyDeclared(
  xml: string,
  properties: JobProperties,
  secrets: SecretBox,
): string {
  const before = readTracked(xml);
  const jobProperties = jobPropertyNodes(properties);
  const triggers = triggerNodes(properties.triggers);
  const parameters = properties.parameters ?? [];
  const now: Tracked = {
    jobProperties: jobProperties.map(node => node.name),
    triggers: triggers.map(node => node.name),
    parameters: parameters.map(parameter => parameter.name),
  };
  let text = xml;

  for (const name of before.jobProperties) {
    if (!now.jobProperties.includes(name)) {
      text = setProperty(text, name, undefined);
    }
  }
  for (const node of jobProperties) {
    text = setProperty(text, node.name, node.content ?? '');
  }

  const ownedTriggers = [...before.triggers, ...now.triggers];
  if (ownedTriggers.length) {
    const list = elementAt(
      parseXml(text),
      'properties',
      PROPERTY.triggers,
      'triggers',
    );
    const content = merge(text, list, triggers, element =>
      ownedTriggers.includes(element.name),
    );
    text = setProperty(
      text,
      PROPERTY.triggers,
      content.length ? [{ name: 'triggers', content }] : undefined,
    );
  }

  const ownedParameters = [...before.parameters, ...now.parameters];
  if (ownedParameters.length) {
    const list = elementAt(
      parseXml(text),
      'properties',
      PROPERTY.parameters,
      'parameterDefinitions',
    );
    const content = merge(
      text,
      list,
      parameters.map(parameter => writeParameter(parameter, secrets)),
      element => ownedParameters.includes(childOf(element, 'name')?.text ?? ''),
    );
    text = setProperty(
      text,
      PROPERTY.parameters,
      content.length ? [{ name: 'parameterDefinitions', content }] : undefined,
    );
  }

  if (properties.quietPeriodSeconds !== undefined) {
    text = setRootChild(
      text,
      'quietPeriod',
      String(properties.quietPeriodSeconds),
    );
  }
  const same = JSON.stringify(before) === JSON.stringify(now);
  return same ? text : writeTracked(text, now);
}

/** The text without what a copy of a job must not inherit. */
export function withoutTracking(xml: string): string {
  const actions = childOf(parseXml(xml), 'actions');
  const tracker = childOf(actions, TRACKER);
  return tracker ? removeElement(xml, tracker) : xml;
}
