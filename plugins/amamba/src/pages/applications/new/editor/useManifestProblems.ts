import {
  formProblems,
  formSentence,
  type FormDocument,
  type ManifestProblem,
} from '@amamba/backstage-plugin-amamba-common';
import { useMemo } from 'react';
import type { ValueProblem } from '../../../../components/YamlForm';
import { useSentenceLanguage } from '../../../../components/Time';
import type { TextProblem } from '../../../../components/YamlEditor';

/** A problem of a document of the text. */
export interface DocumentProblem extends ValueProblem {
  document: number;
}

/** What is found against fields before the API server is asked. */
export function useFieldProblems(
  documents: readonly FormDocument[] | undefined,
): DocumentProblem[] {
  const language = useSentenceLanguage();
  return useMemo(
    () =>
      formProblems(documents ?? []).map(problem => ({
        document: problem.document,
        path: problem.path,
        message: formSentence(problem, language),
      })),
    [documents, language],
  );
}

/** Problems of the API server at their documents; those that say no path belong to none. */
export function problemsOfFields(
  documents: readonly FormDocument[],
  problems: readonly ManifestProblem[],
): DocumentProblem[] {
  return problems.flatMap(({ object, path, message, remedy, kind }) => {
    if (!path || kind === 'warning') return [];
    const document = documents.find(
      one => `${one.kind}/${one.name}` === object,
    );
    return document
      ? {
          document: document.index,
          path,
          message: remedy ? `${message} ${remedy}` : message,
        }
      : [];
  });
}

/** Problems of the API server as the editor of the text takes them. */
export function problemsOfText(
  problems: readonly ManifestProblem[],
): TextProblem[] {
  return problems.map(({ message, remedy, line, kind, object }) => ({
    message: [object && line === undefined && `${object}:`, message, remedy]
      .filter(Boolean)
      .join(' '),
    line,
    severity: kind === 'warning' ? 'warning' : 'error',
  }));
}
