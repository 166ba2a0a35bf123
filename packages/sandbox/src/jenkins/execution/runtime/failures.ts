import { Throwable } from '../groovy/errors';

/** Classes whose message is enough: Jenkins prints no stack trace for them. */
const PLAIN = new Set([
  'hudson.AbortException',
  'org.jenkinsci.plugins.workflow.steps.MissingContextVariableException',
]);

/** What the log says about an exception that ended something: whole lines. */
export function describeError(error: Throwable): string {
  if (error.interruption) {
    return error.interruption.causes.map(cause => `${cause}\n`).join('');
  }
  if (error.type === 'hudson.AbortException') {
    return `ERROR: ${error.message ?? 'null'}\n`;
  }
  if (PLAIN.has(error.type)) {
    return `${error.toText()}\n`;
  }
  const also = error.suppressed
    .map(suppressed => `Also:   ${suppressed.toText()}\n`)
    .join('');
  const cause = error.cause ? `Caused by: ${error.cause.toText()}\n` : '';
  return `${also}${error.toText()}\n\tat WorkflowScript.run(WorkflowScript)\n${cause}`;
}
