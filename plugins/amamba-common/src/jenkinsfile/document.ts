import { Diagnostic, DiagnosticSink } from './groovy/diagnostics';
import { lexInto } from './groovy/lexer';
import { PipelineModel } from './model';
import { createLineIndex, LineIndex } from './positions';
import { ReadContext } from './readContext';
import { readPipelines } from './readPipeline';
import { StatementReader } from './groovy/statementReader';
import { Statement } from './groovy/syntax';
import { Token } from './groovy/tokens';
import { createTokenStream } from './groovy/tokenStream';
import { validatePipeline } from './validate';

/** A Jenkinsfile that was read: its text, its tree, what it means, and what is wrong with it. */
export interface JenkinsfileDocument {
  readonly text: string;
  /** Every character of the text, in order. */
  readonly tokens: readonly Token[];
  /** The statements of the file; see `syntax.ts` for how deep they go. */
  readonly statements: readonly Statement[];
  /**
   * The pipeline; several only in a shared library's `call` method, of which Jenkins takes the one that is reached.
   * Empty for a scripted Jenkinsfile.
   */
  readonly pipelines: readonly PipelineModel[];
  /** In the order of the text. */
  readonly diagnostics: readonly Diagnostic[];
  /** No faults. A scripted file is checked for its brackets, strings and characters only. */
  readonly ok: boolean;
  /** Lines and columns of offsets. */
  readonly lines: LineIndex;
}

/**
 * Reads a Jenkinsfile. Never throws, whatever the text: what cannot be understood is kept as text and reported. Takes
 * time and memory in proportion to the length of the text.
 */
export function parseJenkinsfile(text: string): JenkinsfileDocument {
  const sink = new DiagnosticSink();
  const tokens = lexInto(text, sink);
  const stream = createTokenStream(text, tokens, sink);
  const reader = new StatementReader(stream);
  const statements = reader.fileStatements();
  const context = new ReadContext(stream, reader);
  const pipelines = readPipelines(context, statements);
  for (const pipeline of pipelines) {
    validatePipeline(pipeline, sink);
  }
  const diagnostics = sink.sorted();
  return {
    text,
    tokens,
    statements,
    pipelines,
    diagnostics,
    ok: diagnostics.length === 0,
    lines: createLineIndex(text),
  };
}

/** The text of a document, put together from its tokens. */
export function printJenkinsfile(document: JenkinsfileDocument): string {
  return document.tokens.map(token => token.text).join('');
}
