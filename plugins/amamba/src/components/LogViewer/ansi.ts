import Anser from 'anser';

/** A colour of the terminal: one of the sixteen named ones, or red, green and blue. */
export type AnsiColour =
  { named: number } | { rgb: readonly [number, number, number] };

/** A stretch of a line with one look. */
export interface LogSpan {
  text: string;
  foreground?: AnsiColour;
  background?: AnsiColour;
  bold?: boolean;
  dim?: boolean;
  italic?: boolean;
  underline?: boolean;
  strike?: boolean;
}

// eslint-disable-next-line no-control-regex
const SGR = /\u001b\[([0-9;:]*)m/g;
/** Longer states come from programs that never reset; the newest codes decide. */
const MAX_STATE_LENGTH = 128;

/**
 * What is not for the eye, in the order it is taken out:
 * Jenkins' notes (hidden base64), strings for the terminal (titles, links), sequences other than colours, and characters
 * that steer it, among them those that turn the direction of text around.
 */
const INVISIBLE = new RegExp(
  [
    '\\u001b\\[8mha:[A-Za-z0-9+/=:]*\\u001b\\[0m',
    '\\u001b[\\]PX^_][^\\u0007\\u001b\\u009c]*(?:\\u0007|\\u001b\\\\|\\u009c)?',
    '\\u001b\\[(?![0-9;:]*m)[0-?]*[ -/]*[@-~]?',
    '\\u001b(?!\\[[0-9;:]*m)[ -/]*[0-Z\\\\^-~]?',
    '[\\u0000-\\u0008\\u000a-\\u001a\\u001c-\\u001f\\u007f-\\u009f]',
    '[\\u061c\\u200e\\u200f\\u2028\\u2029\\u202a-\\u202e\\u2066-\\u2069]',
  ].join('|'),
  'g',
);

/**
 * The colour codes in force after a text.
 * @param state - those in force before it
 */
export function sgrAfter(state: string, text: string): string {
  let after = state;
  for (const [sequence, codes] of text.matchAll(SGR)) {
    const [first = ''] = codes.split(/[;:]/, 1);
    const reset = first === '' || Number(first) === 0;
    if (!reset) after += sequence;
    else after = /^[0;:]*$/.test(codes) ? '' : sequence;
  }
  return after.length > MAX_STATE_LENGTH
    ? after.slice(after.indexOf('\u001b', after.length - MAX_STATE_LENGTH))
    : after;
}

/** What a terminal would still show of a line that was written over by carriage returns. */
function lastWritten(line: string): { text: string; overwritten: string } {
  const text = line.replace(/\r+$/, '');
  const at = text.lastIndexOf('\r') + 1;
  return { text: text.slice(at), overwritten: text.slice(0, at) };
}

/** A line without anything that steers a terminal, except colours. */
function visible(line: string): { text: string; overwritten: string } {
  const { text, overwritten } = lastWritten(line);
  return { text: text.replace(INVISIBLE, ''), overwritten };
}

/** A line as it is read: no colours, no control characters. */
export function plainText(line: string): string {
  return visible(line).text.replace(SGR, '').replaceAll('\u001b', '');
}

const CLASS =
  /^ansi-(bright-)?(black|red|green|yellow|blue|magenta|cyan|white)$/;
const NAMES = [
  'black',
  'red',
  'green',
  'yellow',
  'blue',
  'magenta',
  'cyan',
  'white',
];

/** The cube of 6 × 6 × 6 colours and the greys of the 256-colour palette. */
function paletteColour(index: number): AnsiColour {
  if (index >= 232) {
    const grey = 8 + (index - 232) * 10;
    return { rgb: [grey, grey, grey] };
  }
  const level = (n: number) => (n === 0 ? 0 : 55 + 40 * n);
  const cube = index - 16;
  return {
    rgb: [
      level(Math.floor(cube / 36)),
      level(Math.floor(cube / 6) % 6),
      level(cube % 6),
    ],
  };
}

function colour(
  name: string | null,
  trueColour: string | null,
): AnsiColour | undefined {
  if (!name) return undefined;
  const named = CLASS.exec(name);
  if (named) return { named: NAMES.indexOf(named[2]) + (named[1] ? 8 : 0) };
  if (name === 'ansi-truecolor' && trueColour) {
    const [r, g, b] = trueColour.split(',').map(Number);
    return { rgb: [r, g, b] };
  }
  const palette = /^ansi-palette-(\d+)$/.exec(name);
  return palette ? paletteColour(Number(palette[1])) : undefined;
}

/**
 * A line as stretches of one look each. The text of a stretch is text: nothing in it is markup or steers a terminal.
 * @param state - colour codes in force at its beginning, see {@link sgrAfter}
 */
export function parseLine(line: string, state = ''): LogSpan[] {
  const { text, overwritten } = visible(line);
  const before = sgrAfter(state, overwritten);
  if (before === '' && !text.includes('\u001b')) return [{ text }];
  return Anser.ansiToJson(before + text, {
    json: true,
    remove_empty: true,
    use_classes: true,
  }).flatMap(entry => {
    const content = entry.content.replaceAll('\u001b', '');
    const has = new Set(entry.decorations);
    if (content === '') return [];
    const foreground = colour(entry.fg, entry.fg_truecolor);
    const background = colour(entry.bg, entry.bg_truecolor);
    return [
      {
        text: content,
        ...(foreground && { foreground }),
        ...(background && { background }),
        ...(has.has('bold') && { bold: true }),
        ...(has.has('dim') && { dim: true }),
        ...(has.has('italic') && { italic: true }),
        ...(has.has('underline') && { underline: true }),
        ...(has.has('strikethrough') && { strike: true }),
      },
    ];
  });
}
