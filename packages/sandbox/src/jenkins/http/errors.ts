import { TreeError } from '../beans/tree';
import { Failure, NotSupported } from '../model/errors';
import { XmlError } from '../xml/reader';
import { HttpError, page, Reply } from './reply';

/** A text in a header: the servlet container puts a question mark for what ISO 8859-1 does not have. */
function headerText(text: string): string {
  return text.replace(/[\r\n]+/g, ' ').replace(/[^\u0020-\u00FF]/g, '?');
}

/** How an error is answered. */
export function errorReply(error: unknown): Reply {
  if (error instanceof HttpError) {
    const answer = page(error.status, error.message, error.content);
    return { ...answer, headers: { ...answer.headers, ...error.headers } };
  }
  if (error instanceof Failure) {
    const answer = page(400, error.message);
    return {
      ...answer,
      headers: { ...answer.headers, 'X-Error': headerText(error.message) },
    };
  }
  if (error instanceof NotSupported) return page(501, error.message);
  const message = error instanceof Error ? error.message : String(error);
  const expected = error instanceof XmlError || error instanceof TreeError;
  return page(500, expected ? message : `Oops! ${message}`);
}
