import type { Theme } from '@material-ui/core/styles';
import { spanStyles } from '../../../../components/LogViewer';

/** Colours of the terminal that tell pods apart, from the theme; red is for errors. */
const COLOURS = [4, 2, 3, 5, 6, 12, 10, 11, 13, 14];

/** Gives pods, in their order, colours that are readable on the theme's paper. */
export function podColours(
  pods: readonly string[],
  palette: Theme['palette'],
): ReadonlyMap<string, string | undefined> {
  const styleOf = spanStyles(palette);
  return new Map(
    pods.map((pod, index) => [
      pod,
      styleOf({
        text: '',
        foreground: { named: COLOURS[index % COLOURS.length] },
      }).color,
    ]),
  );
}

/** Characters of a name that there is room for. */
export const NAME_LENGTH = 22;

/** A name that is too long loses its beginning: what tells pods apart stands at the end. */
export function endOf(name: string): string {
  return name.length > NAME_LENGTH ? `…${name.slice(1 - NAME_LENGTH)}` : name;
}

/** What tells names of pods apart: without the beginning that all have, up to a dash. */
export function shortNames(
  pods: readonly string[],
): ReadonlyMap<string, string> {
  const [first = '', ...others] = pods;
  let length = others.length > 0 ? first.length : 0;
  for (const pod of others) {
    while (!pod.startsWith(first.slice(0, length))) length--;
  }
  const cut = first.slice(0, length).lastIndexOf('-') + 1;
  return new Map(pods.map(pod => [pod, pod.slice(cut)]));
}
