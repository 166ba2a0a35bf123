/** An element with its place in the text, as half-open ranges of UTF-16 offsets. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly start: number;
  readonly end: number;
  /** what stands between the tags; undefined for `<name/>` */
  readonly content?: { readonly start: number; readonly end: number };
  readonly children: readonly XmlElement[];
  /** text that belongs to the element itself, references and CDATA resolved */
  readonly text: string;
}

/** The text is not XML as Jenkins writes it. */
export class XmlSyntaxError extends Error {
  constructor(problem: string, offset: number) {
    super(`${problem} at offset ${offset}`);
    this.name = 'XmlSyntaxError';
  }
}

const ENTITIES: Record<string, string> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
};
const NAME = /[A-Za-z_:\u00c0-\uffff][A-Za-z0-9_:.\-\u00b7-\uffff]*/y;
const ATTRIBUTE =
  /\s+([A-Za-z_:\u00c0-\uffff][A-Za-z0-9_:.\-\u00b7-\uffff]*)\s*=\s*("[^"<]*"|'[^'<]*')/y;

function decode(text: string, offset: number): string {
  return text
    .replace(/\r\n?/g, '\n')
    .replace(
      /&(?:#x([0-9a-fA-F]{1,6})|#([0-9]{1,7})|(\w+));|&/g,
      (reference, hex?: string, decimal?: string, name?: string) => {
        if (name && Object.hasOwn(ENTITIES, name)) return ENTITIES[name];
        const code = hex ? parseInt(hex, 16) : Number(decimal ?? NaN);
        if (Number.isNaN(code) || code > 0x10ffff) {
          throw new XmlSyntaxError(`Unknown reference ${reference}`, offset);
        }
        return String.fromCodePoint(code);
      },
    );
}

/** An element whose end tag has not come yet. */
interface OpenElement {
  name: string;
  attributes: Record<string, string>;
  start: number;
  contentStart: number;
  children: XmlElement[];
  text: string;
}

class Scanner {
  readonly #source: string;
  #at = 0;
  readonly #open: OpenElement[] = [];
  #root: XmlElement | undefined;

  constructor(source: string) {
    this.#source = source;
  }

  scan(): XmlElement {
    while (this.#at < this.#source.length) {
      if (this.#source[this.#at] === '<') this.#markup();
      else this.#characters();
    }
    const unclosed = this.#open.at(-1);
    if (unclosed) {
      throw this.#error(`<${unclosed.name}> is not closed`);
    }
    if (!this.#root) throw this.#error('No element');
    return this.#root;
  }

  #markup(): void {
    const { length } = this.#source;
    if (this.#starts('<?')) this.#skipPast('?>', 2);
    else if (this.#starts('<!--')) this.#skipPast('-->', 4);
    else if (this.#starts('<![CDATA[')) {
      const from = this.#at + '<![CDATA['.length;
      this.#skipPast(']]>', '<![CDATA['.length);
      const text = this.#source.slice(from, this.#at - ']]>'.length);
      this.#addText(text.replace(/\r\n?/g, '\n'));
    } else if (this.#starts('</')) this.#endTag();
    else if (this.#starts('<!')) {
      throw this.#error('Declarations are not allowed');
    } else this.#startTag();
    if (this.#at > length) throw this.#error('Unexpected end');
  }

  #characters(): void {
    const next = this.#source.indexOf('<', this.#at);
    const end = next < 0 ? this.#source.length : next;
    this.#addText(decode(this.#source.slice(this.#at, end), this.#at));
    this.#at = end;
  }

  #addText(text: string): void {
    const parent = this.#open.at(-1);
    if (parent) parent.text += text;
    else if (text.replace('\ufeff', '').trim() !== '') {
      throw this.#error('Text outside of the root element');
    }
  }

  #startTag(): void {
    const start = this.#at;
    this.#at++;
    const name = this.#name();
    const attributes: Record<string, string> = {};
    ATTRIBUTE.lastIndex = this.#at;
    for (
      let match = ATTRIBUTE.exec(this.#source);
      match;
      match = ATTRIBUTE.exec(this.#source)
    ) {
      attributes[match[1]] = decode(match[2].slice(1, -1), this.#at);
      this.#at = ATTRIBUTE.lastIndex;
    }
    while (/\s/.test(this.#source[this.#at] ?? '')) this.#at++;
    if (!this.#open.length && this.#root) {
      throw this.#error('More than one root element');
    }
    if (this.#starts('/>')) {
      this.#at += 2;
      const end = this.#at;
      this.#add({ name, attributes, start, end, children: [], text: '' });
    } else if (this.#starts('>')) {
      this.#at++;
      const contentStart = this.#at;
      this.#open.push({
        name,
        attributes,
        start,
        contentStart,
        children: [],
        text: '',
      });
    } else throw this.#error(`<${name}> is not a tag`);
  }

  #endTag(): void {
    const contentEnd = this.#at;
    this.#at += 2;
    const name = this.#name();
    while (/\s/.test(this.#source[this.#at] ?? '')) this.#at++;
    const element = this.#open.pop();
    if (element?.name !== name || !this.#starts('>')) {
      throw this.#error(`</${name}> does not belong here`);
    }
    this.#at++;
    const { contentStart, ...rest } = element;
    this.#add({
      ...rest,
      end: this.#at,
      content: { start: contentStart, end: contentEnd },
    });
  }

  #add(element: XmlElement): void {
    const parent = this.#open.at(-1);
    if (parent) parent.children.push(element);
    else this.#root = element;
  }

  #name(): string {
    NAME.lastIndex = this.#at;
    const name = NAME.exec(this.#source)?.[0];
    if (!name) throw this.#error('A name is missing');
    this.#at += name.length;
    return name;
  }

  #starts(text: string): boolean {
    return this.#source.startsWith(text, this.#at);
  }

  #skipPast(text: string, from: number): void {
    const found = this.#source.indexOf(text, this.#at + from);
    if (found < 0) throw this.#error(`${text} is missing`);
    this.#at = found + text.length;
  }

  #error(problem: string): XmlSyntaxError {
    return new XmlSyntaxError(problem, this.#at);
  }
}

/**
 * Reads XML 1.0 or 1.1 as Jenkins writes it: no document types, no entities but the five of XML. Jenkins' own 1.1 may
 * refer to control characters, which the parsers of others refuse or damage.
 *
 * @throws XmlSyntaxError
 */
export function scanXml(source: string): XmlElement {
  return new Scanner(source).scan();
}
