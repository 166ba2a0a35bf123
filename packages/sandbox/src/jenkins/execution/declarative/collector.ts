import { createLineIndex } from '@amamba/backstage-plugin-amamba-common';

interface Problem {
  message: string;
  offset: number;
}

/** Collects what is wrong with a `pipeline {}` block, to be told all at once. */
export class ErrorCollector {
  readonly problems: Problem[] = [];

  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  error(at: { start: number }, message: string): void {
    const known = this.problems.some(
      problem => problem.offset === at.start && problem.message === message,
    );
    if (!known) {
      this.problems.push({ message, offset: at.start });
    }
  }

  source(range: { start: number; end: number }): string {
    return this.text.slice(range.start, range.end);
  }
}

/** What Groovy's compiler prints when a script does not compile. */
export function compilationErrors(
  text: string,
  problems: readonly Problem[],
): string {
  const index = createLineIndex(text);
  const lines = text.split(/\r\n|\n|\r/);
  const parts = problems.map(({ message, offset }) => {
    const { line, column } = index.positionAt(offset);
    const source = lines[line - 1] ?? '';
    return `WorkflowScript: ${line}: ${message} @ line ${line}, column ${column}.\n   ${source.slice(0, 500)}\n   ${' '.repeat(Math.min(column - 1, 500))}^\n\n`;
  });
  const count = `${problems.length} error${problems.length === 1 ? '' : 's'}`;
  return `org.codehaus.groovy.control.MultipleCompilationErrorsException: startup failed:\n${parts.join('')}${count}\n\n`;
}

/** A script that does not compile; the message is for the log. */
export class CompilationFailed extends Error {
  readonly report: string;
  /** Set when what is wrong may only be wrong here: a plugin may know it. */
  readonly unsupported: string | undefined;

  constructor(report: string, unsupported: string | undefined) {
    super(report);
    this.report = report;
    this.unsupported = unsupported;

    this.name = 'CompilationFailed';
  }
}
