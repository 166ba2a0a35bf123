import { InputError } from '@backstage/errors';

/** A piece of XML that is well-formed by construction. */
export interface XmlFragment {
  /** @param indent - white space in front of the line that the piece begins on; texts are never indented */
  render(indent: string): string;
}

/** What XML 1.0 cannot hold in any way, lone halves of surrogate pairs included. */
const FORBIDDEN =
  // eslint-disable-next-line no-control-regex
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;
/** one level */
export const INDENT = '  ';
/** Markup, and what XML 1.1 would turn into a line feed or allows by reference only. */
const ESCAPED = /[&<>"'\r\u007f-\u009f\u2028]/g;

/**
 * Text as it stands inside an element.
 *
 * @param field - what the text is, for the message
 * @throws InputError for characters that XML has no way to write
 */
export function escapeXml(text: string, field: string): string {
  const code = FORBIDDEN.exec(text)?.[0].charCodeAt(0);
  if (code !== undefined) {
    const name = code.toString(16).toUpperCase().padStart(4, '0');
    throw new InputError(
      `${field} contains the character U+${name}, which Jenkins cannot store. Remove it`,
    );
  }
  return text.replace(
    ESCAPED,
    character => `&#x${character.charCodeAt(0).toString(16)};`,
  );
}

/**
 * An element with a text or with children.
 *
 * @param tag - name, and attributes if any; a constant of the program
 * @param content - a text is escaped
 * @param field - what the text is, for the message of {@link escapeXml}
 */
export function element(
  tag: string,
  content: string | readonly XmlFragment[] = [],
  field = tag,
): XmlFragment {
  const [name] = tag.split(' ');
  if (typeof content === 'string') {
    const text = `<${tag}>${escapeXml(content, field)}</${name}>`;
    return { render: () => text };
  }
  if (content.length === 0) return { render: () => `<${tag}/>` };
  return {
    render: indent => {
      const inner = `${indent}${INDENT}`;
      const lines = content.map(child => `${inner}${child.render(inner)}`);
      return [`<${tag}>`, ...lines, `${indent}</${name}>`].join('\n');
    },
  };
}

/** XML that was read from somewhere, as it is. */
export function verbatim(text: string): XmlFragment {
  return { render: () => text };
}
