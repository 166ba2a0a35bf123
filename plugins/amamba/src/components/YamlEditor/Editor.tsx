import { setDiagnostics, type Diagnostic } from '@codemirror/lint';
import { Compartment, EditorState } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import Typography from '@material-ui/core/Typography';
import { makeStyles, useTheme } from '@material-ui/core/styles';
import { useEffect, useId, useMemo, useRef } from 'react';
import { useAmambaTranslation } from '../../translation';
import { VisuallyHidden } from '../States';
import { useSentenceLanguage } from '../Time';
import { yamlExtensions } from './extensions';
import { ProblemList } from './ProblemList';
import { textChange, yamlProblems } from './textProblems';
import { editorTheme } from './theme';
import type { TextProblem, YamlEditorProps } from './types';
import { usePhrases } from './usePhrases';

const useStyles = makeStyles(theme => ({
  root: {
    border: `1px solid ${theme.palette.divider}`,
    borderRadius: theme.shape.borderRadius,
    overflow: 'hidden',
    minWidth: 0,
    '& .cm-editor': { maxHeight: 'inherit' },
  },
}));

function diagnostics(
  state: EditorState,
  problems: readonly TextProblem[],
): Diagnostic[] {
  return problems.flatMap(({ line, message, severity }) => {
    if (line === undefined) return [];
    const { from, to } = state.doc.line(Math.min(line, state.doc.lines));
    return [{ from, to, message, severity }];
  });
}

/** The editor itself; {@link YamlEditor} loads it. */
export default function Editor(props: YamlEditorProps) {
  const classes = useStyles();
  const theme = useTheme();
  const { t } = useAmambaTranslation();
  const language = useSentenceLanguage();
  const phrases = usePhrases();
  const hint = useId();
  const { value, label, height } = props;
  const readOnly = props.onChange === undefined;
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView>();
  const onChange = useRef(props.onChange);
  onChange.current = props.onChange;
  const initial = useRef(value);
  initial.current = value;
  const [parts] = useMemo(
    () => [{ theme: new Compartment(), phrases: new Compartment() }],
    [],
  );

  const problems = useMemo(
    () => [...yamlProblems(value, language), ...(props.problems ?? [])],
    [value, language, props.problems],
  );

  const looks = useRef({ theme, phrases });
  looks.current = { theme, phrases };
  useEffect(() => {
    if (!host.current) return undefined;
    const made = new EditorView({
      parent: host.current,
      state: EditorState.create({
        doc: initial.current,
        extensions: [
          yamlExtensions({
            label,
            readOnly,
            onChange: text => onChange.current?.(text),
          }),
          // text that can be edited takes the focus by itself, but tools that look for it want to see that
          EditorView.contentAttributes.of({
            'aria-describedby': hint,
            tabindex: '0',
          }),
          parts.theme.of(editorTheme(looks.current.theme)),
          parts.phrases.of(EditorState.phrases.of(looks.current.phrases)),
        ],
      }),
    });
    view.current = made;
    return () => {
      view.current = undefined;
      made.destroy();
    };
  }, [label, readOnly, hint, parts]);

  useEffect(() => {
    view.current?.dispatch({
      effects: [
        parts.theme.reconfigure(editorTheme(theme)),
        parts.phrases.reconfigure(EditorState.phrases.of(phrases)),
      ],
    });
  }, [theme, phrases, parts]);

  useEffect(() => {
    const editor = view.current;
    if (!editor) return;
    const changes = textChange(editor.state.doc.toString(), value);
    if (changes) editor.dispatch({ changes });
    editor.dispatch(
      setDiagnostics(editor.state, diagnostics(editor.state, problems)),
    );
  }, [value, problems]);

  return (
    <div>
      <div
        ref={host}
        className={classes.root}
        style={height ? { height } : { maxHeight: '70vh' }}
      />
      <VisuallyHidden>
        <span id={hint}>{t(readOnly ? 'yaml.readOnly' : 'yaml.leave')}</span>
      </VisuallyHidden>
      {!readOnly && (
        <Typography variant="caption" aria-hidden>
          {t('yaml.leave')}
        </Typography>
      )}
      <ProblemList
        problems={problems}
        onOpen={line => {
          const editor = view.current;
          if (!editor) return;
          const { from } = editor.state.doc.line(
            Math.min(line, editor.state.doc.lines),
          );
          editor.dispatch({
            selection: { anchor: from },
            effects: EditorView.scrollIntoView(from, { y: 'center' }),
          });
          editor.focus();
        }}
      />
    </div>
  );
}
