import { SourceRange } from '../positions';

/**
 * Where in the reading a problem was found: `lexical` and `syntax` make the file invalid Groovy, `parse` and
 * `static` make it an invalid declarative pipeline (the levels of Jenkins' own model parser and validator).
 */
export type DiagnosticLevel = 'lexical' | 'syntax' | 'parse' | 'static';

/** One problem of a Jenkinsfile. Every diagnostic is an error: the file would not run as it stands. */
export interface Diagnostic extends SourceRange {
  readonly level: DiagnosticLevel;
  /** A stable name for the kind of problem, for tests, translations and quick fixes. */
  readonly code: string;
  /** English, in Jenkins' own words where Jenkins has a message for it. */
  readonly message: string;
}

/** More than this many are of no use to anybody, and would make garbage input expensive. */
const MAX_DIAGNOSTICS = 500;

/** Collects diagnostics, keeping no more than a reader can use. */
export class DiagnosticSink {
  private readonly list: Diagnostic[] = [];

  add(diagnostic: Diagnostic): void {
    if (this.list.length < MAX_DIAGNOSTICS) {
      this.list.push(diagnostic);
    }
  }

  /** The number collected so far, to be handed to `rewind` when a guess proves wrong. */
  get size(): number {
    return this.list.length;
  }

  /** Forgets everything added since the sink had this size. */
  rewind(size: number): void {
    this.list.length = Math.min(this.list.length, size);
  }

  /** What was collected, in the order of the text. */
  sorted(): Diagnostic[] {
    return [...this.list].sort((a, b) => a.start - b.start || a.end - b.end);
  }
}
