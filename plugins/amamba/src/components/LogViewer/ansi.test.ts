import fc from 'fast-check';
import { parseLine, plainText, sgrAfter } from './ansi';

const ESC = '\u001b';
const text = (line: string, state?: string) =>
  parseLine(line, state)
    .map(span => span.text)
    .join('');

/** Pieces that programs write into logs, and pieces of them. */
const piece = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 8 }),
  fc.constantFrom(
    ESC,
    `${ESC}[31m`,
    `${ESC}[0m`,
    `${ESC}[1;38;5;196m`,
    `${ESC}[48;2;1;2;3m`,
    `${ESC}[2K`,
    `${ESC}[?25l`,
    `${ESC}]0;title\u0007`,
    `${ESC}]8;;http://x${ESC}\\`,
    `${ESC}[8mha:////4AAA=${ESC}[0m`,
    '\r',
    '<img src=x onerror=alert(1)>',
    '\u202e',
  ),
);

describe('parseLine', () => {
  it('leaves an ordinary line as it is, markup and all', () => {
    expect(parseLine('a <b>&amp;</b>\t"x"')).toEqual([
      { text: 'a <b>&amp;</b>\t"x"' },
    ]);
    expect(parseLine('')).toEqual([{ text: '' }]);
  });

  it.each([
    ['31', { foreground: { named: 1 } }],
    ['1;32', { foreground: { named: 2 }, bold: true }],
    ['91', { foreground: { named: 9 } }],
    ['44', { background: { named: 4 } }],
    ['38;5;9', { foreground: { named: 9 } }],
    ['38;5;196', { foreground: { rgb: [255, 0, 0] } }],
    ['38;5;244', { foreground: { rgb: [128, 128, 128] } }],
    ['48;2;1;2;3', { background: { rgb: [1, 2, 3] } }],
    ['2;3;4;9', { dim: true, italic: true, underline: true, strike: true }],
  ])('understands the codes %s', (codes, look) => {
    expect(parseLine(`a${ESC}[${codes}mb${ESC}[0mc`)).toEqual([
      { text: 'a' },
      { text: 'b', ...look },
      { text: 'c' },
    ]);
  });

  it('begins with the colours of the line before', () => {
    const state = sgrAfter('', `${ESC}[1m${ESC}[31mred`);
    expect(parseLine('still red', state)).toEqual([
      { text: 'still red', foreground: { named: 1 }, bold: true },
    ]);
    expect(sgrAfter(state, `x${ESC}[0m`)).toBe('');
    expect(sgrAfter(state, `x${ESC}[m`)).toBe('');
    expect(sgrAfter(state, `x${ESC}[0;32m`)).toBe(`${ESC}[0;32m`);
  });

  it.each([
    [`${ESC}]0;a title\u0007after`, 'after'],
    [`${ESC}]8;;http://evil${ESC}\\link${ESC}]8;;${ESC}\\`, 'link'],
    [`${ESC}[2K${ESC}[1Gprogress`, 'progress'],
    [`${ESC}[?25lhidden cursor`, 'hidden cursor'],
    [`${ESC}[8mha:////4AAAqh+LCAA=${ESC}[0mStarted by Ann`, 'Started by Ann'],
    ['10 %\r50 %\r100 %\r', '100 %'],
    ['bell\u0007 back\b nul\u0000', 'bell back nul'],
    ['user\u202enimda', 'usernimda'],
    [`cut off ${ESC}[3`, 'cut off '],
    [`cut off ${ESC}`, 'cut off '],
  ])('shows %j as %j', (line, shown) => {
    expect(text(line)).toBe(shown);
    expect(plainText(line)).toBe(shown);
  });

  it('keeps the colour that was set before a carriage return', () => {
    expect(parseLine(`${ESC}[31m10 %\r100 %`)).toEqual([
      { text: '100 %', foreground: { named: 1 } },
    ]);
  });

  it('lets nothing through that steers a terminal or turns text around', () => {
    fc.assert(
      fc.property(
        fc.array(piece, { maxLength: 12 }).map(parts => parts.join('')),
        fc.constantFrom('', `${ESC}[31m`, `${ESC}[1;48;5;20m`),
        (line, state) => {
          const shown = text(line, state);
          expect(shown).not.toMatch(
            // eslint-disable-next-line no-control-regex
            /[\u0000-\u0008\u000a-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/,
          );
          expect(shown).toBe(plainText(line));
        },
      ),
      { numRuns: 1000 },
    );
  });

  it('keeps every character that can be seen', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme' }).map(line =>
          // eslint-disable-next-line no-control-regex
          line.replace(
            /[\u0000-\u001f\u007f-\u009f\u061c\u200e-\u200f\u2028-\u202e\u2066-\u2069]/g,
            '',
          ),
        ),
        line => {
          expect(text(line)).toBe(line);
        },
      ),
    );
  });

  it('keeps the state of colours short', () => {
    const endless = `${ESC}[31m`.repeat(1000);
    expect(sgrAfter('', endless).length).toBeLessThanOrEqual(128);
    expect(sgrAfter('', endless).startsWith(ESC)).toBe(true);
  });
});
