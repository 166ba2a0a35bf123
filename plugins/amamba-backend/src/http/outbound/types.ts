import type { Readable } from 'stream';
import type { OutboundPath } from './path';

/** Milliseconds that parts of a request may take. */
export interface OutboundTimeouts {
  connectMs: number;
  /** from the request to the headers of the answer */
  headersMs: number;
  /** between two parts of the body */
  idleMs: number;
  /** for everything together, retries included; streams: until the headers */
  totalMs: number;
}

/** One instance of one system. */
export interface OutboundOptions {
  /** as messages name it: `Jenkins "ci"` */
  system: string;
  /** http or https address, without user information; a path in it stays in front of all paths */
  baseUrl: string;
  /** sent with every request */
  headers: Record<string, string>;
  /** removed from whatever the system says before it gets into a message */
  secrets: readonly string[];
  /** a sentence that says what to do when the credentials are refused or not enough */
  credentialsAdvice: string;
  /** certificates in PEM form to trust besides the usual ones */
  ca?: string;
  timeouts?: Partial<OutboundTimeouts>;
  /** finds the system's own explanation in an answer that is no success */
  explain?: (answer: OutboundAnswer) => string | undefined;
}

/** What is sent. */
export type OutboundBody =
  { form: Record<string, string> } | { text: string; contentType: string };

/** One request. */
export interface OutboundRequest {
  /** GET when absent; only GETs are repeated when the connection breaks */
  method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  path: OutboundPath;
  /** undefined values are left out */
  query?: Record<string, string | number | boolean | undefined>;
  headers?: Record<string, string>;
  body?: OutboundBody;
  /** what is asked for, as messages name it: `the job team-a/shop` */
  what: string;
  /** redirects that are the system's way to say "done"; never followed */
  accept?: readonly number[];
  /** bytes that an answer may have, 8 MB when absent */
  limitBytes?: number;
  /** replaces the instance's {@link OutboundTimeouts.headersMs} and {@link OutboundTimeouts.totalMs} */
  timeoutMs?: number;
  signal?: AbortSignal;
}

/** An answer that was read whole. */
export interface OutboundAnswer {
  status: number;
  /** of headers that come several times only the first value is given; names in lower case */
  headers: Record<string, string | undefined>;
  text: string;
}

/** An answer whose body is still coming. */
export interface OutboundStream extends Omit<OutboundAnswer, 'text'> {
  stream: Readable;
}
