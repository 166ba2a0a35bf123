import {
  manifestSentence,
  readYaml,
} from '@amamba/backstage-plugin-amamba-common';
import type { TextProblem } from './types';

/** Mistakes that keep a text from being read as YAML. */
export function yamlProblems(
  text: string,
  language: 'en' | 'zh',
): TextProblem[] {
  const reading = readYaml(text);
  const problems =
    'problem' in reading
      ? [reading.problem]
      : reading.documents.flatMap(document => document.problems);
  return problems.map(problem => ({
    message: manifestSentence(problem, language),
    line: problem.line,
    severity: 'error',
  }));
}

/** The smallest change that makes one text of another, so that cursor, folds and undo of the rest stay. */
export function textChange(
  before: string,
  after: string,
): { from: number; to: number; insert: string } | undefined {
  if (before === after) return undefined;
  const most = Math.min(before.length, after.length);
  let from = 0;
  while (from < most && before[from] === after[from]) from++;
  let tail = 0;
  while (
    tail < most - from &&
    before[before.length - 1 - tail] === after[after.length - 1 - tail]
  ) {
    tail++;
  }
  return {
    from,
    to: before.length - tail,
    insert: after.slice(from, after.length - tail),
  };
}
