import { InputError } from '@backstage/errors';

/** A path whose parts are encoded already; only {@link path} makes one, so that no text of a user can become a path. */
export class OutboundPath {
  readonly text: string;

  /** @internal use {@link path} */
  constructor(text: string) {
    this.text = text;
  }
}

/** What can be inserted into a path: one segment, several segments, or a path made before. */
export type PathPart = string | number | readonly string[] | OutboundPath;

function encodeSegment(segment: string): string {
  if (segment === '' || segment === '.' || segment === '..') {
    throw new InputError(
      `"${segment}" cannot be part of an address: empty parts, "." and ".." are refused`,
    );
  }
  try {
    return encodeURIComponent(segment);
  } catch {
    throw new InputError('A part of an address is not valid Unicode text');
  }
}

function encodePart(part: PathPart): string {
  if (part instanceof OutboundPath) return part.text;
  if (typeof part === 'object') return part.map(encodeSegment).join('/');
  return encodeSegment(String(part));
}

/**
 * Builds a path below the base address: path\`/job/\${folder}/job/\${name}\`. Every inserted value becomes exactly one
 * segment, whatever it contains; a list becomes one segment an item.
 *
 * @throws InputError for empty segments, `.`, `..` and broken surrogate pairs
 */
export function path(
  template: TemplateStringsArray,
  ...parts: PathPart[]
): OutboundPath {
  return new OutboundPath(
    template.reduce(
      (text, literal, index) => text + encodePart(parts[index - 1]) + literal,
    ),
  );
}
