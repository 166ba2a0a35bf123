import {
  defaultKeymap,
  history,
  historyKeymap,
  indentWithTab,
} from '@codemirror/commands';
import { yaml } from '@codemirror/lang-yaml';
import {
  bracketMatching,
  foldGutter,
  foldKeymap,
  indentOnInput,
} from '@codemirror/language';
import { lintGutter } from '@codemirror/lint';
import {
  highlightSelectionMatches,
  search,
  searchKeymap,
} from '@codemirror/search';
import { EditorState, type Extension } from '@codemirror/state';
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  keymap,
  lineNumbers,
} from '@codemirror/view';

/** What an editor of YAML can do. */
export function yamlExtensions(options: {
  label: string;
  readOnly: boolean;
  onChange: (text: string) => void;
}): Extension {
  const { label, readOnly } = options;
  return [
    lineNumbers(),
    foldGutter(),
    lintGutter(),
    drawSelection(),
    highlightActiveLine(),
    highlightActiveLineGutter(),
    highlightSelectionMatches(),
    bracketMatching(),
    yaml(),
    search({ top: true }),
    EditorState.tabSize.of(2),
    EditorState.readOnly.of(readOnly),
    EditorView.contentAttributes.of({
      'aria-label': label,
      ...(readOnly && { 'aria-readonly': 'true' }),
      spellcheck: 'false',
    }),
    keymap.of([
      ...defaultKeymap,
      ...searchKeymap,
      ...foldKeymap,
      // in a text that can't be changed Tab has nothing to do, and leaves
      ...(readOnly ? [] : [...historyKeymap, indentWithTab]),
    ]),
    ...(readOnly ? [] : [history(), indentOnInput()]),
    EditorView.updateListener.of(update => {
      if (update.docChanged) options.onChange(update.state.doc.toString());
    }),
  ];
}
