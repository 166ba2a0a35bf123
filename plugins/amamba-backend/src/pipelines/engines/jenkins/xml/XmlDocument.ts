import {
  element,
  escapeXml,
  INDENT,
  verbatim,
  type XmlFragment,
} from './escape';
import { scanXml, type XmlElement } from './scan';

/** Names of elements from the root's child on. */
export type XmlPath = readonly string[];

/**
 * XML text that is edited by cutting and pasting spans, so that every byte which an edit is not about stays as it is:
 * unknown elements, comments, white space, the declaration. Documents are immutable, every edit gives a new one; an
 * edit that changes nothing gives the same one.
 */
export class XmlDocument {
  readonly text: string;
  readonly root: XmlElement;
  readonly #indent: string;

  /**
   * @param indent - white space in front of the first line, for text that is a part of something
   * @throws XmlSyntaxError
   */
  constructor(text: string, indent = '') {
    this.text = text;
    this.root = scanXml(text);
    this.#indent = indent;
  }

  /** The first element at a path. */
  find(path: XmlPath): XmlElement | undefined {
    return path.reduce<XmlElement | undefined>(
      (parent, name) => parent?.children.find(child => child.name === name),
      this.root,
    );
  }

  /** The element's own XML. */
  source(found: XmlElement): XmlFragment {
    return verbatim(this.text.slice(found.start, found.end));
  }

  /**
   * Makes the element at the path have this text; it and its parents are added when they are missing and the text is
   * not empty.
   *
   * @param field - what the text is, for the message of {@link escapeXml}
   */
  withText(path: XmlPath, value: string, field: string): XmlDocument {
    const found = this.find(path);
    if (!found) {
      if (value === '') return this;
      const name = path[path.length - 1];
      return this.withChild(path.slice(0, -1), element(name, value, field));
    }
    if (found.text === value && found.children.length === 0) return this;
    const escaped = escapeXml(value, field);
    return found.content
      ? this.#splice(found.content.start, found.content.end, escaped)
      : this.#splice(
          found.end - '/>'.length,
          found.end,
          `>${escaped}</${found.name}>`,
        );
  }

  /** Adds an element behind the last child of the one at the path, whose missing parts are added too. */
  withChild(path: XmlPath, child: XmlFragment): XmlDocument {
    const parent = this.find(path);
    if (!parent) {
      const name = path[path.length - 1];
      return this.withChild(path.slice(0, -1), element(name, [child]));
    }
    const indent = this.#indentOf(parent);
    const line = `\n${indent}${INDENT}${child.render(`${indent}${INDENT}`)}`;
    const last = parent.children.at(-1);
    if (last) return this.#splice(last.end, last.end, line);
    return this.#withContent(parent, `${line}\n${indent}`);
  }

  /** Makes the children of the element at the path be these. */
  withChildren(path: XmlPath, children: readonly XmlFragment[]): XmlDocument {
    const parent = this.find(path);
    if (!parent) {
      const name = path[path.length - 1];
      return this.withChild(path.slice(0, -1), element(name, children));
    }
    const indent = this.#indentOf(parent);
    const wanted = children.map(child => child.render(`${indent}${INDENT}`));
    const present = parent.children.map(child => this.source(child).render(''));
    const isSame =
      wanted.length === present.length &&
      wanted.every((text, index) => text === present[index]);
    if (isSame) return this;
    const lines = wanted.map(text => `\n${indent}${INDENT}${text}`).join('');
    return this.#withContent(parent, `${lines}\n${indent}`);
  }

  /** Puts another element in the place of the one at the path, or adds it. */
  replace(path: XmlPath, replacement: XmlFragment): XmlDocument {
    const found = this.find(path);
    if (!found) return this.withChild(path.slice(0, -1), replacement);
    const text = replacement.render(this.#indentOf(found));
    return this.#splice(found.start, found.end, text);
  }

  /** Removes the element at the path with the white space in front of it. */
  without(path: XmlPath): XmlDocument {
    const found = this.find(path);
    if (!found) return this;
    const before = this.text.slice(0, found.start);
    return this.#splice(before.trimEnd().length, found.end, '');
  }

  #withContent(parent: XmlElement, content: string): XmlDocument {
    return parent.content
      ? this.#splice(parent.content.start, parent.content.end, content)
      : this.#splice(
          parent.end - '/>'.length,
          parent.end,
          `>${content}</${parent.name}>`,
        );
  }

  /** White space in front of the line that an element begins on. */
  #indentOf({ start }: XmlElement): string {
    const lineStart = this.text.slice(0, start).lastIndexOf('\n') + 1;
    if (lineStart === 0) return this.#indent;
    return /^[ \t]*/.exec(this.text.slice(lineStart, start))?.[0] ?? '';
  }

  #splice(start: number, end: number, replacement: string): XmlDocument {
    return new XmlDocument(
      this.text.slice(0, start) + replacement + this.text.slice(end),
      this.#indent,
    );
  }
}
