/** Something that is wrong in a text. */
export interface TextProblem {
  message: string;
  /** 1-based; absent when it is about the whole text */
  line?: number;
  severity: 'error' | 'warning';
}

/** What the editor of YAML is given. */
export interface YamlEditorProps {
  /** name of the text, for screen readers: "Manifest of shop" */
  label: string;
  value: string;
  /** absent: the text can be read, searched and copied, not changed */
  onChange?: (value: string) => void;
  /** what somebody else found, the API server perhaps; mistakes in YAML are found by the editor itself */
  problems?: readonly TextProblem[];
  /** CSS height; default: as high as the text, at most 70 % of the window */
  height?: string;
}
