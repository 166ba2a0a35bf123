import { setProperty, setRootChild, renderXml, replaceTexts } from './editor';
import { childText, elementAt, parseXml } from './reader';

describe('parseXml', () => {
  it('reads elements, attributes, text, CDATA, entities', () => {
    const root = parseXml(
      `<?xml version='1.1'?><!-- c --><a x="1 &lt; 2" y='&#65;'>t&amp;<b/><c>&#x1;</c><![CDATA[<&]]></a>`,
    );
    expect(root).toMatchObject({
      name: 'a',
      attributes: { x: '1 < 2', y: 'A' },
      text: 't&<&',
    });
    expect(childText(root, 'c')).toBe('\u0001');
  });

  it.each([
    ['<a>', /not closed/],
    ['<a></b>', /must be terminated/],
    ['<a/><b/>', /trailing/],
    ['<a x=1/>', /quote/],
    ['<a x="1" x="2"/>', /repeated/],
    ['<a>&nbsp;</a>', /not declared/],
    ['<a>&</a>', /not declared/],
    ['<a>&#1;</a>', /invalid/],
    ['<a>\u0001</a>', /invalid XML character/],
    [
      '<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/passwd">]><a>&e;</a>',
      /DOCTYPE/,
    ],
    ['text', /prolog/],
    ['', /prolog|well-formed/],
  ])('refuses %s', (text, message) => {
    expect(() => parseXml(text)).toThrow(message);
  });

  it('does not fall over depth or length', () => {
    const depth = 20_000;
    const deep = '<a>'.repeat(depth) + '</a>'.repeat(depth);
    expect(parseXml(deep).name).toBe('a');
    const before = process.cpuUsage();
    expect(() => parseXml(`<a>${'&'.repeat(200_000)}</a>`)).toThrow();
    expect(() => parseXml('<'.repeat(1_000_000))).toThrow();
    expect(process.cpuUsage(before).user / 1e6).toBeLessThan(5);
  });
});

describe('editing in place', () => {
  const XML = `<flow-definition plugin="x">
  <!-- kept -->
  <unknown a='1'  >  text </unknown>
  <description>old</description>
  <properties>
    <other/>
  </properties>
</flow-definition>`;

  it('changes one child and leaves every other byte', () => {
    const changed = setRootChild(XML, 'description', 'a < b');
    expect(changed).toBe(
      XML.replace('<description>old', '<description>a &lt; b'),
    );
    const added = setRootChild(XML, 'quietPeriod', '3');
    expect(added.replace('\n  <quietPeriod>3</quietPeriod>', '')).toBe(XML);
  });

  it('adds, replaces and removes a property', () => {
    const added = setProperty(XML, 'p', [
      { name: 'text', content: 'two\nlines' },
    ]);
    expect(elementAt(parseXml(added), 'properties', 'p', 'text')?.text).toBe(
      'two\nlines',
    );
    expect(setProperty(added, 'p', undefined)).toBe(XML);
    const replaced = setProperty(added, 'p', '');
    expect(replaced).toContain('    <p/>\n');
  });

  it('opens an empty element', () => {
    expect(setProperty('<a><properties/></a>', 'p', '')).toBe(
      '<a><properties>\n  <p/>\n</properties></a>',
    );
    expect(parseXml(setProperty('<a/>', 'p', '')).children[0].name).toBe(
      'properties',
    );
  });

  it('replaces several texts at once', () => {
    const root = parseXml(XML);
    const edits = root.children
      .filter(({ name }) => name !== 'properties')
      .map(element => ({ element, value: element.name }));
    const text = replaceTexts(XML, edits);
    expect(childText(parseXml(text), 'unknown')).toBe('unknown');
    expect(childText(parseXml(text), 'description')).toBe('description');
    expect(text).toContain('<!-- kept -->');
  });

  it('escapes what it writes', () => {
    const nasty = `<&>"'\u0001]]>\r\n`;
    const xml = renderXml({
      name: 'a',
      attributes: { b: nasty },
      content: nasty,
    });
    expect(parseXml(`<?xml version="1.1"?>${xml}`)).toMatchObject({
      text: nasty,
      attributes: { b: nasty },
    });
  });
});
