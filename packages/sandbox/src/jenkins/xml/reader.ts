/**
 * A small XML reader that remembers where every element stands in the text, so that a config.xml can be patched in
 * place and everything else stays as it was posted. It reads what Jenkins reads of a config.xml: elements, attributes,
 * text, CDATA, comments, processing instructions, the predefined and numeric entities. A DOCTYPE is refused.
 */

export interface XmlElement {
  name: string;
  attributes: Record<string, string>;
  children: XmlElement[];
  /** decoded character data directly inside this element, without that of its children */
  text: string;
  /** offset of `<` of the start tag */
  start: number;
  /** offset behind `>` of the start tag */
  openEnd: number;
  /** offset of `<` of the end tag; equals `openEnd` for `<a/>` */
  closeStart: number;
  /** offset behind the whole element */
  end: number;
}

/** The text is not well-formed. Jenkins answers such a config.xml with 500. */
export class XmlError extends Error {
  constructor(message: string, text: string, offset: number) {
    const line = text.slice(0, offset).split('\n').length;
    super(`${message} (line ${line})`);
    this.name = 'XmlError';
  }
}

const NAME = /[\p{L}_:][\p{L}\p{N}_:.\-\u00B7]*/uy;
const SPACE = /\s*/y;
// Characters that may not stand in a document as themselves, neither in XML 1.0 nor in 1.1.
// eslint-disable-next-line no-control-regex
const FORBIDDEN = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/;
const PREDEFINED: Record<string, string> = {
  lt: '<',
  gt: '>',
  amp: '&',
  quot: '"',
  apos: "'",
};

class Reader {
  private at = 0;
  private readonly xml11: boolean;

  private readonly text: string;

  constructor(text: string) {
    this.text = text;
    this.xml11 = /^\uFEFF?<\?xml[^>]*version=["']1\.1["']/.test(text);
  }

  document(): XmlElement {
    const bad = FORBIDDEN.exec(this.text);
    if (bad) this.fail('An invalid XML character was found', bad.index);
    if (this.text.startsWith('\uFEFF')) this.at = 1;
    this.misc();
    const root = this.tree();
    this.misc();
    if (this.at < this.text.length) {
      this.fail('Content is not allowed in trailing section');
    }
    return root;
  }

  private fail(message: string, offset = this.at): never {
    throw new XmlError(message, this.text, offset);
  }

  private match(pattern: RegExp): string {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text)?.[0] ?? '';
    this.at += found.length;
    return found;
  }

  private skipPast(end: string, what: string): string {
    const stop = this.text.indexOf(end, this.at);
    if (stop < 0) this.fail(`${what} is not closed`);
    const inner = this.text.slice(this.at, stop);
    this.at = stop + end.length;
    return inner;
  }

  private misc() {
    for (;;) {
      this.match(SPACE);
      if (this.text.startsWith('<?', this.at)) this.skipPast('?>', '<?');
      else if (this.text.startsWith('<!--', this.at)) {
        this.skipPast('-->', 'Comment');
      } else if (this.text.startsWith('<!', this.at)) {
        this.fail('DOCTYPE is disallowed');
      } else return;
    }
  }

  private decode(raw: string, offset: number): string {
    if (!raw.includes('&')) return raw;
    return raw.replace(
      /&([^;\s]*)(;?)/g,
      (whole, name: string, semi: string) => {
        const numeric = /^#(?:x([0-9a-fA-F]+)|([0-9]+))$/.exec(name);
        if (semi && numeric) {
          const code = numeric[1]
            ? parseInt(numeric[1], 16)
            : parseInt(numeric[2], 10);
          const control = code < 32 && ![9, 10, 13].includes(code);
          if (code === 0 || code > 0x10ffff || (control && !this.xml11)) {
            this.fail(`Character reference "${whole}" is invalid`, offset);
          }
          return String.fromCodePoint(code);
        }
        if (!semi || !(name in PREDEFINED)) {
          this.fail(
            `The entity "${name}" was referenced, but not declared`,
            offset,
          );
        }
        return PREDEFINED[name];
      },
    );
  }

  private attributes(): Record<string, string> {
    const attributes: Record<string, string> = {};
    for (;;) {
      this.match(SPACE);
      if (this.at >= this.text.length || '/>'.includes(this.text[this.at])) {
        return attributes;
      }
      const name = this.match(NAME);
      if (!name) this.fail('An attribute name is expected');
      this.match(SPACE);
      if (this.text[this.at] !== '=') this.fail(`"=" must follow ${name}`);
      this.at++;
      this.match(SPACE);
      const quote = this.text[this.at];
      if (quote !== '"' && quote !== "'") this.fail('Open quote is expected');
      const offset = ++this.at;
      const value = this.skipPast(quote, 'Attribute');
      if (value.includes('<')) this.fail('"<" in an attribute value', offset);
      if (name in attributes) this.fail(`Attribute "${name}" is repeated`);
      attributes[name] = this.decode(value, offset);
    }
  }

  /** One element with all below it; a stack instead of recursion, so depth costs no call stack. */
  private tree(): XmlElement {
    const open: XmlElement[] = [];
    for (;;) {
      const parent = open[open.length - 1];
      if (this.text.startsWith('</', this.at)) {
        if (!parent) this.fail('The markup must be well-formed');
        parent.closeStart = this.at;
        this.at += 2;
        const name = this.match(NAME);
        if (name !== parent.name) {
          this.fail(`The element "${parent.name}" must be terminated`);
        }
        this.match(SPACE);
        if (this.text[this.at++] !== '>') this.fail('">" is expected');
        parent.end = this.at;
        open.pop();
        if (!open.length) return parent;
      } else if (this.text.startsWith('<![CDATA[', this.at)) {
        if (!parent) this.fail('Content is not allowed in prolog');
        this.at += 9;
        parent.text += this.skipPast(']]>', 'CDATA');
      } else if (this.text.startsWith('<!--', this.at)) {
        this.skipPast('-->', 'Comment');
      } else if (this.text.startsWith('<?', this.at)) {
        this.skipPast('?>', '<?');
      } else if (this.text[this.at] === '<') {
        const element = this.startTag();
        parent?.children.push(element);
        if (element.end < 0) open.push(element);
        else if (!parent) return element;
      } else if (!parent) {
        this.fail('Content is not allowed in prolog');
      } else {
        const next = this.text.indexOf('<', this.at);
        if (next < 0) this.fail(`"${parent.name}" is not closed`);
        parent.text += this.decode(this.text.slice(this.at, next), this.at);
        this.at = next;
      }
    }
  }

  private startTag(): XmlElement {
    const start = this.at++;
    const name = this.match(NAME);
    if (!name) this.fail('The content of elements must be well-formed', start);
    const attributes = this.attributes();
    const empty = this.text[this.at] === '/';
    if (empty) this.at++;
    if (this.text[this.at++] !== '>')
      this.fail(`"${name}" is not closed`, start);
    const element = { name, attributes, children: [], text: '', start };
    const openEnd = this.at;
    return empty
      ? { ...element, openEnd, closeStart: openEnd, end: openEnd }
      : { ...element, openEnd, closeStart: -1, end: -1 };
  }
}

/** Reads a document. @throws XmlError when it is not well-formed */
export function parseXml(text: string): XmlElement {
  return new Reader(text).document();
}

/** The first child with this name. */
export function childOf(
  element: XmlElement | undefined,
  name: string,
): XmlElement | undefined {
  return element?.children.find(child => child.name === name);
}

/** The element at the end of a path of child names. */
export function elementAt(
  element: XmlElement | undefined,
  ...path: string[]
): XmlElement | undefined {
  return path.reduce<XmlElement | undefined>(childOf, element);
}

/** Text of the child, or undefined when there is no such child. */
export function childText(
  element: XmlElement | undefined,
  ...path: string[]
): string | undefined {
  return elementAt(element, ...path)?.text;
}
