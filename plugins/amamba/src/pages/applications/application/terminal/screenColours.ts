import type { Theme } from '@material-ui/core/styles';
import type { ITheme } from '@xterm/xterm';
import { spanStyles } from '../../../../components/LogViewer';

const NAMES = [
  ...['black', 'red', 'green', 'yellow', 'blue', 'magenta', 'cyan', 'white'],
  ...['brightBlack', 'brightRed', 'brightGreen', 'brightYellow'],
  ...['brightBlue', 'brightMagenta', 'brightCyan', 'brightWhite'],
] as const;

/** Colours of a terminal from the theme, each readable on its paper, as logs have them. */
export function screenColours(palette: Theme['palette']): ITheme {
  const styleOf = spanStyles(palette);
  const named = NAMES.map((name, index) => [
    name,
    styleOf({ text: '', foreground: { named: index } }).color,
  ]);
  const { text, background } = palette;
  return {
    ...Object.fromEntries(named),
    foreground: styleOf({ text: '', foreground: { named: 7 } }).color,
    background: background.paper,
    cursor: text.primary,
    cursorAccent: background.paper,
    selectionBackground: palette.action.selected,
  };
}
