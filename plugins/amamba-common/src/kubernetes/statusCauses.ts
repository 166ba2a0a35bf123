/** What is wrong with one field. */
export interface KubeFieldProblem {
  /** as Kubernetes writes it: `spec.template.spec.containers[0].image`; absent: the whole object */
  field?: string;
  /** a sentence without its subject: `must be between 1 and 65535` */
  message: string;
}

const SHOWN_VALUE = 60;
const SHOWN_TEXT = 500;

/** Text of a cluster as it may stand in a message: one line, not long, without control characters. */
export function tidyKubeText(text: string, length = SHOWN_TEXT): string {
  const line = text
    .replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ')
    .trim()
    .replace(/\.$/, '');
  return line.length > length ? `${line.slice(0, length)}…` : line;
}

/** Where a Go value at the beginning of a text ends: a quoted text, a struct or map in braces, or one word. */
function endOfValue(text: string): number {
  let depth = 0;
  let quoted = false;
  for (let at = 0; at < text.length; at++) {
    const character = text[at];
    if (quoted) {
      if (character === '\\') at++;
      else if (character === '"') quoted = false;
    } else if (character === '"') quoted = true;
    else if ('{[('.includes(character)) depth++;
    else if ('}])'.includes(character)) depth--;
    else if (depth <= 0 && text.startsWith(': ', at)) return at;
  }
  return text.length;
}

/** `99999 must be …`: the value in front of what is wrong with it, unless it is long or a dump of the object. */
function valued(text: string): string {
  const end = endOfValue(text);
  const value = text.slice(0, end);
  const rest = text.slice(end + 2);
  const shown =
    value.length <= SHOWN_VALUE && !value.includes('{') ? value : '';
  if (!rest) return `${shown || 'this value'} is not allowed`;
  if (/^field is immutable/.test(rest)) {
    return 'cannot be changed; delete the object and create it anew';
  }
  return shown ? `${shown}: ${rest}` : rest;
}

/** Kubernetes' words for what is wrong with a field, made shorter. */
export function fieldProblemText(text: string): string {
  const [, kind, rest = ''] = /^([A-Z][a-z]+(?: [a-z]+)*)(?:: (.*))?$/s.exec(
    text,
  ) ?? [undefined, '', text];
  switch (kind) {
    case 'Invalid value':
      return tidyKubeText(valued(rest));
    case 'Required value':
      return tidyKubeText(rest ? `is required: ${rest}` : 'is required');
    case 'Unsupported value':
      return tidyKubeText(valued(rest));
    case 'Duplicate value':
      return tidyKubeText(`${rest} stands twice`);
    case 'Not found':
      return tidyKubeText(`${rest} does not exist`);
    case 'Forbidden':
      return tidyKubeText(
        /^field is immutable/.test(rest)
          ? `cannot be changed (${rest})`
          : rest || 'is not allowed',
      );
    case 'Too long':
    case 'Too many':
      return tidyKubeText(`is too long: ${rest}`);
    default:
      return tidyKubeText(text);
  }
}

const GO_TYPES: Readonly<Record<string, string>> = {
  string: 'text',
  bool: 'true or false',
  number: 'a number',
  array: 'a list',
  object: 'a map',
};

function goType(type: string): string {
  if (/^u?int\d*$/.test(type)) return 'a whole number';
  if (/^float/.test(type)) return 'a number';
  if (type.startsWith('[]')) return 'a list';
  if (type.startsWith('map[') || type.includes('.')) return 'a map';
  return GO_TYPES[type] ?? type;
}

function unstructured(text: string): string {
  return text.replace(/&value\.valueUnstructured\{Value:(.*)\}/, '$1');
}

function typedProblem(line: string): KubeFieldProblem | undefined {
  const match = /^\s*\.?([^\s:]+): (.*)$/s.exec(line);
  if (!match) return undefined;
  const [, field, problem] = match;
  if (problem === 'field not declared in schema') {
    return { field, message: 'is not a field of this kind' };
  }
  const expected = /^expected (\w+)(?: \([^)]*\))?, got (.*)$/s.exec(problem);
  if (!expected) return { field, message: tidyKubeText(unstructured(problem)) };
  const wanted = expected[1] === 'numeric' ? 'a number' : goType(expected[1]);
  return {
    field,
    message: tidyKubeText(
      `must be ${wanted}, but is ${goType(unstructured(expected[2]))}`,
    ),
  };
}

/** The problems that server-side apply finds before it applies: `failed to create typed patch object (…): .spec.foo: …`. */
export function typedPatchProblems(
  message: string,
): KubeFieldProblem[] | undefined {
  const match =
    /failed to create typed (?:patch|live|new|old) object \([^)]*\): (?:errors:\s*)?(.*)$/s.exec(
      message,
    );
  if (!match) return undefined;
  const found = match[1]
    .split('\n')
    .map(typedProblem)
    .filter(problem => problem !== undefined);
  return found.length > 0 ? found : [{ message: tidyKubeText(match[1]) }];
}

/** What strict decoding and the JSON decoder find: unknown fields, fields that stand twice, wrong types. */
export function decodingProblems(
  message: string,
): KubeFieldProblem[] | undefined {
  const unknown = [
    ...message.matchAll(/(unknown|duplicate) field "([^"]+)"/g),
  ].map(([, kind, field]) => ({
    field,
    message:
      kind === 'unknown' ? 'is not a field of this kind' : 'stands twice',
  }));
  if (unknown.length > 0) return unknown;
  const type =
    /json: cannot unmarshal (\S+) into Go (?:struct field (\S+) of type (\S+)|value of type (\S+))/.exec(
      message,
    );
  if (!type) return undefined;
  const [, given, path, wanted = type[4]] = type;
  return [
    {
      field: path?.replace(/^[A-Z]\w*\./, ''),
      message: `must be ${goType(wanted)}, but is ${goType(given)}`,
    },
  ];
}

/** What the YAML parser of the API server says, in words. */
export function yamlProblem(message: string): string | undefined {
  if (/document contains excessive aliasing/.test(message)) {
    return 'The text has too many aliases (&, *)';
  }
  const twice = /line (\d+): key "([^"]*)" already set in map/.exec(message);
  if (twice) return `Line ${twice[1]}: the key "${twice[2]}" stands twice`;
  const broken = /\byaml: (?:unmarshal errors:\s*)?(.*)$/s.exec(message);
  return broken
    ? `The text is not YAML: ${tidyKubeText(broken[1])}`
    : undefined;
}
