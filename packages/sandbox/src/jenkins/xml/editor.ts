import { childOf, parseXml, XmlElement } from './reader';

/** Escapes character data; control characters become references, which XML 1.1 allows. */
export function escapeXml(text: string): string {
  return text
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/\r/g, '&#xd;')
    .replace(
      // eslint-disable-next-line no-control-regex
      /[\u0001-\u0008\u000B\u000C\u000E-\u001F]/g,
      char => `&#x${char.charCodeAt(0).toString(16)};`,
    );
}

/** Escapes a value for an attribute in double quotes. */
export function escapeAttribute(text: string): string {
  return escapeXml(text).replace(/"/g, '&quot;').replace(/\n/g, '&#xa;');
}

/** XML to be written: text, or children that each stand on a line of their own. */
export interface XmlNode {
  name: string;
  attributes?: Record<string, string>;
  content?: string | (XmlNode | RawXml)[];
}

/** An element taken over as it stands elsewhere. */
export interface RawXml {
  raw: string;
}

/** Writes a node as Jenkins' XStream does: two blanks a level, `<name/>` when empty, text as it is. */
export function renderXml(node: XmlNode | RawXml, indent = ''): string {
  if ('raw' in node) return node.raw;
  const attributes = Object.entries(node.attributes ?? {})
    .map(([name, value]) => ` ${name}="${escapeAttribute(value)}"`)
    .join('');
  const open = `<${node.name}${attributes}`;
  const { content = '' } = node;
  if (!content.length) return `${open}/>`;
  if (typeof content === 'string') {
    return `${open}>${escapeXml(content)}</${node.name}>`;
  }
  const inner = content
    .map(child => `\n${indent}  ${renderXml(child, `${indent}  `)}`)
    .join('');
  return `${open}>${inner}\n${indent}</${node.name}>`;
}

function splice(text: string, from: number, to: number, by: string): string {
  return text.slice(0, from) + by + text.slice(to);
}

function indentAt(text: string, offset: number): string {
  const lineStart = text.lastIndexOf('\n', offset - 1) + 1;
  return /^[ \t]*/.exec(text.slice(lineStart, offset))?.[0] ?? '';
}

/** Adds a child as the last one of `parent`, indented like its siblings. */
export function appendChild(
  text: string,
  parent: XmlElement,
  node: XmlNode | RawXml,
): string {
  const indent = indentAt(text, parent.start);
  const inner = `\n${indent}  ${renderXml(node, `${indent}  `)}`;
  if (parent.closeStart === parent.end) {
    const open = text.slice(parent.start, parent.end).replace(/\s*\/>$/, '>');
    return splice(
      text,
      parent.start,
      parent.end,
      `${open}${inner}\n${indent}</${parent.name}>`,
    );
  }
  const last = parent.children[parent.children.length - 1];
  if (!last) {
    return splice(
      text,
      parent.openEnd,
      parent.closeStart,
      `${inner}\n${indent}`,
    );
  }
  return splice(text, last.end, last.end, inner);
}

/** Removes an element together with the blank text before it on its line. */
export function removeElement(text: string, element: XmlElement): string {
  const before = text.slice(0, element.start).replace(/\n[ \t]*$/, '');
  return before + text.slice(element.end);
}

/** Replaces an element, keeping the place it stands at. */
export function replaceElement(
  text: string,
  element: XmlElement,
  node: XmlNode | RawXml,
): string {
  const xml = renderXml(node, indentAt(text, element.start));
  return splice(text, element.start, element.end, xml);
}

/**
 * Sets the text of a child of the root element (`<description>`), adding it when it is not there.
 * Everything else of the document stays byte for byte.
 */
export function setRootChild(
  text: string,
  name: string,
  value: string,
): string {
  const root = parseXml(text);
  const child = childOf(root, name);
  const node = { name, content: value };
  return child
    ? replaceElement(text, child, node)
    : appendChild(text, root, node);
}

/**
 * Replaces, adds or (with `undefined`) removes one property of `<properties>`, told by its element name.
 */
export function setProperty(
  text: string,
  name: string,
  content: XmlNode['content'] | undefined,
): string {
  const root = parseXml(text);
  const properties = childOf(root, 'properties');
  if (!properties) {
    return content === undefined
      ? text
      : setProperty(
          appendChild(text, root, { name: 'properties' }),
          name,
          content,
        );
  }
  const present = childOf(properties, name);
  if (content === undefined) {
    return present ? removeElement(text, present) : text;
  }
  return present
    ? replaceElement(text, present, { name, content })
    : appendChild(text, properties, { name, content });
}

/** Replaces the inner text of several elements at once. */
export function replaceTexts(
  text: string,
  edits: { element: XmlElement; value: string }[],
): string {
  return [...edits]
    .sort((a, b) => b.element.start - a.element.start)
    .reduce(
      (current, { element, value }) =>
        splice(
          current,
          element.start,
          element.end,
          renderXml({
            name: element.name,
            attributes: element.attributes,
            content: value,
          }),
        ),
      text,
    );
}
