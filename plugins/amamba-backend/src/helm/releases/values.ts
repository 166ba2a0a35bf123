import {
  isJsonObject,
  manifestSentence,
  readYaml,
  type ManifestProblem,
} from '@amamba/backstage-plugin-amamba-common';
import { InputError } from '@backstage/errors';

/** What is wrong with the user's values before Helm sees them: no YAML, no map, a text made to hurt. */
export function valuesProblems(values: string): ManifestProblem[] {
  if (values.trim() === '') return [];
  const reading = readYaml(values);
  const problems =
    'problem' in reading
      ? [reading.problem]
      : reading.documents.flatMap(({ problems: own }) => own);
  if (problems.length > 0) {
    return problems.map(problem => ({
      message: manifestSentence(problem),
      line: problem.line,
      kind: 'invalid',
    }));
  }
  const documents = 'documents' in reading ? reading.documents : [];
  const [first] = documents;
  const isMap =
    documents.length <= 1 &&
    (first?.value === undefined ||
      first.value === null ||
      isJsonObject(first.value));
  return isMap
    ? []
    : [
        {
          message: 'Values are one map, such as "replicaCount: 2".',
          line: 1,
          kind: 'invalid',
        },
      ];
}

/** @throws InputError naming the line */
export function requireValues(values: string): void {
  const [problem] = valuesProblems(values);
  if (problem) {
    throw new InputError(
      `values: ${problem.line ? `line ${problem.line}: ` : ''}${problem.message}`,
    );
  }
}
