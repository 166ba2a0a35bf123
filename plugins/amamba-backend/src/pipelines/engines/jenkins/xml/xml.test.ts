import fc from 'fast-check';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { element, XmlDocument, XmlSyntaxError } from '.';

/** Text that XML can hold. */
const storable = fc.string({ unit: 'binary', maxLength: 60 }).filter(
  text =>
    // eslint-disable-next-line no-control-regex
    !/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/.test(text),
);
const nasty = fc
  .array(
    fc.constantFrom(
      ...['<', '>', '&', '"', "'", ']]>', '<![CDATA[', '-->', '<!--', '&amp;'],
      ...['\r', '\n', '\r\n', '\t', ' ', '\u0085', '\u2028', '</a>', '&#x1;'],
      ...['${x}', "'''", '💥', 'ü'],
    ),
    { maxLength: 20 },
  )
  .map(list => list.join(''));
const anyText = fc.oneof(storable, nasty);

describe('XmlDocument', () => {
  const text = [
    "<?xml version='1.1' encoding='UTF-8'?>",
    '<!-- <a> --><root x="1 &lt; 2" y=\'"\'>',
    '  <a>one &amp; <!-- not --><![CDATA[<two>]]>&#x21;&#33;&#x1;</a>',
    '\t<b/>',
    '  <list>',
    '    <item  kind="x" >1</item >',
    '    <unknown><deep attribute="&quot;"/></unknown>',
    '  </list>',
    '</root>',
    '',
  ].join('\n');

  it('reads what Jenkins writes', () => {
    const document = new XmlDocument(text);
    expect(document.root.attributes).toEqual({ x: '1 < 2', y: '"' });
    expect(document.find(['a'])?.text).toBe('one & <two>!!\u0001');
    expect(document.find(['b'])?.text).toBe('');
    expect(document.find(['list', 'item'])?.attributes.kind).toBe('x');
    expect(document.find(['list', 'none', 'x'])).toBeUndefined();
  });

  it('changes one text and keeps every other byte', () => {
    const document = new XmlDocument(text);
    expect(document.withText(['a'], 'one & <two>!!\u0001', 'a')).toBe(document);
    expect(document.withText(['b'], '', 'b')).toBe(document);
    expect(document.withText(['none'], '', 'none')).toBe(document);
    expect(document.withText(['b'], '<>', 'b').text).toBe(
      text.replace('<b/>', '<b>&#x3c;&#x3e;</b>'),
    );
    expect(document.withText(['list', 'item'], '2', 'item').text).toBe(
      text.replace('>1</item >', '>2</item >'),
    );
    expect(document.without(['b']).text).toBe(text.replace('\n\t<b/>', ''));
    expect(document.without(['list', 'none'])).toBe(document);
  });

  it('adds what is missing with its parents, indented', () => {
    const document = new XmlDocument(text);
    expect(document.withText(['list', 'new', 'deep'], '1', 'deep').text).toBe(
      text.replace(
        '</unknown>',
        '</unknown>\n    <new>\n      <deep>1</deep>\n    </new>',
      ),
    );
    const lines = document.withChild(['b'], element('c', 'two\nlines'));
    expect(lines.text).toBe(
      text.replace('<b/>', '<b>\n\t  <c>two\nlines</c>\n\t</b>'),
    );
  });

  it('replaces children only when they differ', () => {
    const document = new XmlDocument(text);
    const children = document.find(['list'])?.children ?? [];
    const sources = children.map(child => document.source(child));
    expect(document.withChildren(['list'], sources)).toBe(document);
    expect(document.withChildren(['list'], [...sources].reverse()).text).toBe(
      text
        .replace('    <item  kind="x" >1</item >\n', '')
        .replace(
          '</unknown>\n',
          '</unknown>\n    <item  kind="x" >1</item >\n',
        ),
    );
  });

  it.each([
    '',
    'text',
    '<a>',
    '<a></b>',
    '<a/><b/>',
    '<a/>text',
    '<a b=1/>',
    '<a b="<"/>',
    '<a>&nbsp;</a>',
    '<a>&</a>',
    '<a>&#x110000;</a>',
    '<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>',
    '<a><!-- </a>',
    '<a><![CDATA[</a>',
    '</a>',
    '<a',
    '<a b="',
    '<1/>',
  ])('refuses %j', broken => {
    expect(() => new XmlDocument(broken)).toThrow(XmlSyntaxError);
  });

  it('ends on whatever it is given', () => {
    const pieces = fc.constantFrom(
      ...['<', '>', '/', 'a', ' ', '=', '"', "'", '!', '-', '[', ']', '?', '&'],
      ...['<a>', '</a>', '<a/>', '<!--', '-->', '<![CDATA[', ']]>', '&lt;'],
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 30 }), list => {
        const read = () => {
          try {
            return new XmlDocument(list.join('')).root.name;
          } catch (error) {
            return error instanceof XmlSyntaxError;
          }
        };
        expect(read()).toBeTruthy();
      }),
      { numRuns: 3000 },
    );
  });

  it('does not slow down on long texts', () => {
    const long = `<a>${'<b x="1">&amp;</b> '.repeat(50_000)}</a>`;
    const begin = process.cpuUsage();
    expect(new XmlDocument(long).root.children).toHaveLength(50_000);
    expect(() => new XmlDocument(`<a${' '.repeat(200_000)}`)).toThrow();
    // what grew with the square of the length would take minutes
    expect(process.cpuUsage(begin).user / 1e6).toBeLessThan(10);
  });
});

describe('element', () => {
  const parser = new XMLParser({
    trimValues: false,
    parseTagValue: false,
    htmlEntities: true,
  });

  it('writes any text so that it is read back equal, here and by others', () => {
    fc.assert(
      fc.property(anyText, value => {
        const xml = element('root', [element('a', value)]).render('');
        expect(new XmlDocument(xml).find(['a'])?.text).toBe(value);
        expect(XMLValidator.validate(xml)).toBe(true);
        // only references to these are certain to survive XML 1.1
        // eslint-disable-next-line no-control-regex
        expect(xml).not.toMatch(/[\r\u007f-\u009f\u2028]/);
        expect(parser.parse(xml).root.a).toBe(value);
        const edited = new XmlDocument('<root><a>x</a></root>');
        expect(
          new XmlDocument(edited.withText(['a'], value, 'a').text).find(['a'])
            ?.text,
        ).toBe(value);
      }),
      { numRuns: 2000 },
    );
  });

  it.each([
    '\u0000',
    '\u0008',
    '\u001b',
    '\ufffe',
    '\uffff',
    '\ud800',
    '\udc00',
  ])('refuses %j and names the field', character => {
    const hex = character.charCodeAt(0).toString(16).toUpperCase();
    expect(() => element('a', `x${character}y`, 'The description')).toThrow(
      `The description contains the character U+${hex.padStart(4, '0')}, which Jenkins cannot store`,
    );
  });
});
