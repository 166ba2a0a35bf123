import type { ParameterDefinition } from '../execution/types';
import { XmlNode } from '../xml/editor';
import { childOf, childText, elementAt, XmlElement } from '../xml/reader';
import { PARAMETER } from './classNames';
import type { SecretBox } from './SecretBox';

function leaf(name: string, content: string): XmlNode {
  return { name, content };
}

function readChoices(element: XmlElement): string[] {
  const choices = childOf(element, 'choices');
  // Written by a form or a client: Arrays$ArrayList with a string array in it; by a Jenkinsfile: a plain list.
  const list = childOf(choices, 'a') ?? choices;
  return (list?.children ?? [])
    .filter(child => child.name === 'string')
    .map(child => child.text);
}

/** Reads one element of `<parameterDefinitions>`; a default password is decrypted. */
export function readParameter(
  element: XmlElement,
  secrets: SecretBox,
): ParameterDefinition {
  const type = element.name;
  const definition: ParameterDefinition = {
    type,
    name: childText(element, 'name') ?? '',
    description: childText(element, 'description'),
  };
  const value = childText(element, 'defaultValue') ?? '';
  switch (type) {
    case PARAMETER.choice: {
      const choices = readChoices(element);
      return { ...definition, choices, defaultValue: choices[0] };
    }
    case PARAMETER.boolean:
      return { ...definition, defaultValue: value.trim() === 'true' };
    case PARAMETER.password:
      return { ...definition, defaultValue: secrets.decrypt(value) };
    case PARAMETER.file:
      return definition;
    default:
      return {
        ...definition,
        defaultValue: value,
        trim: childText(element, 'trim')?.trim() === 'true',
      };
  }
}

/** Reads the parameters of a job's `<properties>`. */
export function readParameters(
  root: XmlElement,
  secrets: SecretBox,
): ParameterDefinition[] {
  const list = elementAt(
    root,
    'properties',
    'hudson.model.ParametersDefinitionProperty',
    'parameterDefinitions',
  );
  return (list?.children ?? []).map(child => readParameter(child, secrets));
}

/** Writes a definition that a Jenkinsfile declared, in the shape XStream gives it. */
export function writeParameter(
  definition: ParameterDefinition,
  secrets: SecretBox,
): XmlNode {
  const content = [leaf('name', definition.name)];
  if (definition.description) {
    content.push(leaf('description', definition.description));
  }
  const value = String(definition.defaultValue ?? '');
  switch (definition.type) {
    case PARAMETER.choice:
      content.push({
        name: 'choices',
        attributes: { class: 'java.util.ArrayList' },
        content: (definition.choices ?? []).map(text => leaf('string', text)),
      });
      break;
    case PARAMETER.password:
      content.push(leaf('defaultValue', secrets.encrypt(value)));
      break;
    case PARAMETER.boolean:
      content.push(leaf('defaultValue', value || 'false'));
      break;
    case PARAMETER.file:
      break;
    case PARAMETER.credentials:
      content.push(
        leaf('defaultValue', value),
        leaf(
          'credentialType',
          'com.cloudbees.plugins.credentials.common.StandardCredentials',
        ),
        leaf('required', 'false'),
      );
      break;
    default:
      content.push(
        leaf('defaultValue', value),
        leaf('trim', String(definition.trim ?? false)),
      );
  }
  return { name: definition.type, content };
}
