import {
  darken,
  decomposeColor,
  getContrastRatio,
  lighten,
  type Theme,
} from '@material-ui/core/styles';
import type { AnsiColour, LogSpan } from './ansi';

/** WCAG AA for text, and a little for the rounding of browsers. */
const READABLE = 4.6;
const STEP = 0.1;

type Palette = Theme['palette'];

/** How a stretch of a log line is drawn. */
export interface SpanStyle {
  color?: string;
  backgroundColor?: string;
  fontWeight?: 'bold';
  fontStyle?: 'italic';
  textDecoration?: string;
}

/** The sixteen colours of a terminal, from the theme. */
function named(palette: Palette, index: number): string {
  const bright = index >= 8;
  const tone = (colour: { main: string; light: string; dark: string }) =>
    bright ? colour.light : colour.main;
  switch (index % 8) {
    case 1:
      return tone(palette.error);
    case 2:
      return tone(palette.success);
    case 3:
      return tone(palette.warning);
    case 4:
      return tone(palette.primary);
    case 5:
      return tone(palette.secondary);
    case 6:
      return tone(palette.info);
    case 7:
      return palette.text.primary;
    default:
      return bright ? palette.text.secondary : palette.text.primary;
  }
}

function css(palette: Palette, colour: AnsiColour): string {
  return 'rgb' in colour
    ? `rgb(${colour.rgb.join(', ')})`
    : opaque(named(palette, colour.named), palette.background.paper);
}

/** A colour that lets its ground through, as it looks on it. */
export function opaque(colour: string, ground: string): string {
  const [r, g, b, alpha = 1] = decomposeColor(colour).values;
  const below = decomposeColor(ground).values;
  const mixed = [r, g, b].map((value, i) =>
    Math.round(value * alpha + below[i] * (1 - alpha)),
  );
  return `rgb(${mixed.join(', ')})`;
}

/** A colour as it is, or as far towards black or white as it takes to be read on a ground. */
export function readableOn(colour: string, ground: string): string {
  const away =
    getContrastRatio('#fff', ground) > getContrastRatio('#000', ground)
      ? lighten
      : darken;
  for (let share = 0; share < 1; share += STEP) {
    const candidate = away(colour, share);
    if (getContrastRatio(candidate, ground) >= READABLE) return candidate;
  }
  return away(colour, 1);
}

/**
 * Gives a function that draws stretches of log lines in the theme's colours, each readable on what is behind it.
 * Answers are kept, because a log has few looks and many lines.
 */
export function spanStyles(palette: Palette): (span: LogSpan) => SpanStyle {
  const known = new Map<string, SpanStyle>();
  const { paper } = palette.background;

  const compute = (span: LogSpan): SpanStyle => {
    const ground = span.background && css(palette, span.background);
    const colour = span.foreground && css(palette, span.foreground);
    const lines = [
      ...(span.underline ? ['underline'] : []),
      ...(span.strike ? ['line-through'] : []),
    ];
    return {
      ...(colour && { color: readableOn(colour, ground ?? paper) }),
      ...(ground && {
        backgroundColor: ground,
        color: readableOn(
          colour ?? opaque(palette.text.primary, paper),
          ground,
        ),
      }),
      ...(span.dim && !colour && !ground
        ? { color: palette.text.secondary }
        : {}),
      ...(span.bold && { fontWeight: 'bold' as const }),
      ...(span.italic && { fontStyle: 'italic' as const }),
      ...(lines.length > 0 && { textDecoration: lines.join(' ') }),
    };
  };

  return span => {
    const { text: _text, ...look } = span;
    const key = JSON.stringify(look);
    let style = known.get(key);
    if (!style) {
      style = compute(span);
      known.set(key, style);
    }
    return style;
  };
}
