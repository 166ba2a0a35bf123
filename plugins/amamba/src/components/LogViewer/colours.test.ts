import { createTheme, getContrastRatio } from '@material-ui/core/styles';
import fc from 'fast-check';
import type { AnsiColour } from './ansi';
import { opaque, readableOn, spanStyles } from './colours';

const channel = fc.integer({ min: 0, max: 255 });
const colour: fc.Arbitrary<AnsiColour> = fc.oneof(
  fc.record({ named: fc.integer({ min: 0, max: 15 }) }),
  fc.record({ rgb: fc.tuple(channel, channel, channel) }),
);

describe.each(['light', 'dark'] as const)('spanStyles, %s', type => {
  const { palette } = createTheme({ palette: { type } });
  const { paper } = palette.background;
  const style = spanStyles(palette);

  it('draws every colour so that it can be read', () => {
    fc.assert(
      fc.property(
        fc.option(colour, { nil: undefined }),
        fc.option(colour, { nil: undefined }),
        (foreground, background) => {
          const { color, backgroundColor } = style({
            text: 'x',
            foreground,
            background,
          });
          expect(`${color} ${backgroundColor}`).not.toContain('rgba');
          expect(
            getContrastRatio(
              color ?? (type === 'light' ? '#000' : '#fff'),
              backgroundColor ?? paper,
            ),
          ).toBeGreaterThanOrEqual(4.5);
        },
      ),
    );
  });

  it('keeps the colours of the terminal apart', () => {
    const colours = Array.from(
      { length: 7 },
      (_, named) => style({ text: '', foreground: { named } }).color,
    );
    expect(new Set(colours).size).toBe(7);
  });

  it('gives plain text no style', () => {
    expect(style({ text: 'x' })).toEqual({});
    expect(style({ text: 'x', bold: true, strike: true })).toEqual({
      fontWeight: 'bold',
      textDecoration: 'line-through',
    });
  });
});

describe('opaque', () => {
  it('mixes a colour with its ground', () => {
    expect(opaque('rgba(0, 0, 0, 0.5)', '#ffffff')).toBe('rgb(128, 128, 128)');
    expect(opaque('#123456', '#ffffff')).toBe('rgb(18, 52, 86)');
  });
});

describe('readableOn', () => {
  it('leaves a colour alone that can be read', () => {
    expect(readableOn('#000', '#fff')).toBe('rgb(0, 0, 0)');
    expect(
      getContrastRatio(readableOn('#ffff00', '#fff'), '#fff'),
    ).toBeGreaterThan(4.5);
  });
});
