import { HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import type { Extension } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { tags } from '@lezer/highlight';
import type { Theme } from '@material-ui/core/styles';
import { opaque, readableOn } from '../LogViewer/colours';

/** The look of the editor, from the theme of the portal; every word can be read on its ground. */
export function editorTheme(theme: Theme): Extension {
  const { palette } = theme;
  const ground = palette.background.paper;
  const chosen = opaque(palette.action.selected, ground);
  const line = opaque(palette.action.hover, ground);
  // the line of the cursor and what is chosen come nearer to the words than the ground does
  const on = (colour: string) =>
    [ground, line, chosen].reduce(readableOn, opaque(colour, ground));
  const words = on(palette.text.primary);
  const quiet = on(palette.text.secondary);
  const field = {
    color: words,
    backgroundColor: ground,
    backgroundImage: 'none',
    border: `1px solid ${palette.divider}`,
    borderRadius: `${theme.shape.borderRadius}px`,
  };
  const look = EditorView.theme(
    {
      '&': { color: words, backgroundColor: ground, height: '100%' },
      '&.cm-focused': { outline: `2px solid ${on(palette.primary.main)}` },
      '.cm-scroller': { fontFamily: 'monospace', lineHeight: '1.5' },
      '.cm-content': { caretColor: words },
      '.cm-cursor, .cm-dropCursor': { borderLeftColor: words },
      '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground':
        { backgroundColor: chosen },
      '.cm-gutters': {
        color: quiet,
        backgroundColor: ground,
        borderRight: `1px solid ${palette.divider}`,
      },
      '.cm-activeLine, .cm-activeLineGutter': { backgroundColor: line },
      '.cm-panels': { color: words, backgroundColor: ground },
      '.cm-panels-top': { borderBottom: `1px solid ${palette.divider}` },
      '.cm-textfield': field,
      '.cm-button': field,
      '.cm-searchMatch': {
        color: words,
        backgroundColor: 'transparent',
        outline: `1px solid ${on(palette.warning.main)}`,
      },
      '.cm-searchMatch-selected': { backgroundColor: chosen },
      '.cm-tooltip': field,
      '.cm-foldPlaceholder': field,
      '.cm-matchingBracket, &.cm-focused .cm-matchingBracket': {
        backgroundColor: chosen,
      },
    },
    { dark: palette.type === 'dark' },
  );
  const style = HighlightStyle.define([
    { tag: tags.comment, color: quiet, fontStyle: 'italic' },
    {
      tag: [tags.definition(tags.propertyName), tags.propertyName],
      color: on(palette.primary.main),
    },
    { tag: [tags.string, tags.special(tags.string)], color: words },
    {
      tag: [tags.keyword, tags.labelName, tags.typeName, tags.meta],
      color: on(palette.info.main),
    },
    { tag: [tags.punctuation, tags.separator, tags.bracket], color: quiet },
  ]);
  return [look, syntaxHighlighting(style)];
}
