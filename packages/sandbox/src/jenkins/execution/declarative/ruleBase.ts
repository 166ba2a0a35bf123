import type { ToolInstallation } from '../types';
import { ErrorCollector } from './collector';

/** Things said twice, each once. */
export function duplicates(words: readonly string[]): string[] {
  return [
    ...new Set(words.filter((word, index) => words.indexOf(word) !== index)),
  ];
}

/** What may be the name of an environment variable. */
export const IDENTIFIER = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** What all rules share: where problems go, and what is installed. */
export abstract class RuleBase {
  /** What is unknown here but may be a plugin's. */
  unsupported: string | undefined;

  protected readonly errors: ErrorCollector;

  protected readonly tools: readonly ToolInstallation[];

  protected readonly scriptSplitting: boolean;

  constructor(
    errors: ErrorCollector,
    tools: readonly ToolInstallation[],
    scriptSplitting: boolean,
  ) {
    this.errors = errors;
    this.tools = tools;
    this.scriptSplitting = scriptSplitting;
  }

  protected maybe(what: string): void {
    this.unsupported ??= what;
  }
}
