import {
  parameterDefinitionSchema,
  type ParameterDefinition,
} from '@amamba/backstage-plugin-amamba-common';
import { InputError } from '@backstage/errors';
import {
  element,
  XmlDocument,
  type XmlElement,
  type XmlFragment,
} from '../xml';

/** Parameter types that the portal can ask for, by Jenkins' class. */
const CLASSES: Record<
  Exclude<ParameterDefinition['type'], 'unsupported'>,
  string
> = {
  string: 'hudson.model.StringParameterDefinition',
  text: 'hudson.model.TextParameterDefinition',
  boolean: 'hudson.model.BooleanParameterDefinition',
  choice: 'hudson.model.ChoiceParameterDefinition',
  password: 'hudson.model.PasswordParameterDefinition',
};
const TYPES = new Map(
  Object.entries(CLASSES).map(([type, className]) => [className, type]),
);
const CHOICES = 'choices';

function child(parent: XmlElement, name: string): XmlElement | undefined {
  return parent.children.find(item => item.name === name);
}

/**
 * Choices stand in one of two shapes: as Jenkins' form writes them (`java.util.Arrays$ArrayList` around a
 * `string-array`), or as a plain list, when the Jenkinsfile declares them.
 */
function choicesOf(parent: XmlElement): string[] {
  const list = child(parent, CHOICES);
  const items = (list && child(list, 'a'))?.children ?? list?.children ?? [];
  return items.filter(({ name }) => name === 'string').map(({ text }) => text);
}

/** The name that a definition is known by. */
export function parameterName(definition: XmlElement): string {
  return child(definition, 'name')?.text ?? '';
}

/** Reads a definition; undefined when the portal has no words for it, e.g. because of its name. */
export function readParameter(
  definition: XmlElement,
): ParameterDefinition | undefined {
  const text = (name: string) => child(definition, name)?.text || undefined;
  const type = TYPES.get(definition.name);
  const defaultValue = text('defaultValue');
  const specific: Record<string, Record<string, unknown>> = {
    string: { defaultValue, trim: text('trim') === 'true' },
    text: { defaultValue },
    boolean: { defaultValue: defaultValue === 'true' },
    choice: { choices: choicesOf(definition) },
    password: { hasDefault: defaultValue !== undefined },
  };
  const result = parameterDefinitionSchema.safeParse({
    name: parameterName(definition),
    description: text('description'),
    ...(type
      ? { type, ...specific[type] }
      : { type: 'unsupported', engineType: definition.name }),
  });
  return result.success ? result.data : undefined;
}

function choicesFragment(
  choices: readonly string[],
  field: string,
): XmlFragment {
  return element(`${CHOICES} class="java.util.Arrays$ArrayList"`, [
    element(
      'a class="string-array"',
      choices.map(choice => element('string', choice, field)),
    ),
  ]);
}

/** Makes a definition be this one; elements that the portal does not know, and password defaults, are kept. */
function edited(
  document: XmlDocument,
  parameter: ParameterDefinition,
): XmlDocument {
  const field = `The parameter "${parameter.name}"`;
  const described = document
    .withText(['name'], parameter.name, field)
    .withText(['description'], parameter.description ?? '', field);
  switch (parameter.type) {
    case 'string': {
      const { defaultValue = '', trim } = parameter;
      const result = described.withText(['defaultValue'], defaultValue, field);
      const isTrimmed = result.find(['trim'])?.text === 'true';
      return isTrimmed === trim
        ? result
        : result.withText(['trim'], String(trim), field);
    }
    case 'text':
      return described.withText(
        ['defaultValue'],
        parameter.defaultValue ?? '',
        field,
      );
    case 'boolean': {
      const isSet = described.find(['defaultValue'])?.text === 'true';
      return isSet === parameter.defaultValue
        ? described
        : described.withText(
            ['defaultValue'],
            String(parameter.defaultValue),
            field,
          );
    }
    case 'choice': {
      const present = choicesOf(described.root);
      const isSame =
        present.length === parameter.choices.length &&
        present.every((choice, index) => choice === parameter.choices[index]);
      return isSame
        ? described
        : described.replace(
            [CHOICES],
            choicesFragment(parameter.choices, field),
          );
    }
    default:
      return described;
  }
}

/**
 * The XML of a parameter.
 *
 * @param present - the definition of this name that Jenkins has; edited when it is of the same type, else replaced
 * @throws InputError for a type that the portal cannot create, and for text that XML cannot hold
 */
export function writeParameter(
  parameter: ParameterDefinition,
  present: { definition: XmlElement; source: XmlFragment } | undefined,
): XmlFragment {
  if (parameter.type === 'unsupported') {
    if (present?.definition.name === parameter.engineType) {
      return present.source;
    }
    throw new InputError(
      `The parameter "${parameter.name}" is of the type ${parameter.engineType}, which can only be created in Jenkins`,
    );
  }
  const className = CLASSES[parameter.type];
  const text =
    present?.definition.name === className
      ? present.source.render('')
      : `<${className}/>`;
  return {
    render: indent => edited(new XmlDocument(text, indent), parameter).text,
  };
}
