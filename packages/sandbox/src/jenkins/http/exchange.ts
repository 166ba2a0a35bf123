import type { IncomingMessage } from 'node:http';
import type { Jenkins } from '../Jenkins';
import { HttpError } from './reply';
import type { Caller, Permission } from './users';

/** Bodies are a config.xml or a form; more than this is refused. */
const MAX_BODY_BYTES = 32 * 1024 * 1024;

/** One request as its handler sees it. */
export class Exchange {
  readonly jenkins: Jenkins;
  readonly request: IncomingMessage;
  /** decoded path segments */
  readonly segments: string[];
  readonly query: URLSearchParams;
  readonly caller: Caller;
  /** what the caller must send with a POST of this session */
  readonly crumb: string;
  /** restarts the whole server; `safe` waits for what runs */
  readonly restart: (safe: boolean) => void;
  private readonly bytes: Buffer;
  private readonly fields: URLSearchParams;

  constructor(
    jenkins: Jenkins,
    request: IncomingMessage,
    segments: string[],
    query: URLSearchParams,
    caller: Caller,
    crumb: string,
    restart: (safe: boolean) => void,
    bytes: Buffer,
    fields: URLSearchParams,
  ) {
    this.jenkins = jenkins;
    this.request = request;
    this.segments = segments;
    this.query = query;
    this.caller = caller;
    this.crumb = crumb;
    this.restart = restart;
    this.bytes = bytes;
    this.fields = fields;
  }

  /** @throws HttpError 413 */
  static async readBody(request: IncomingMessage): Promise<Buffer> {
    const chunks: Buffer[] = [];
    let size = 0;
    for await (const chunk of request) {
      size += chunk.length;
      if (size > MAX_BODY_BYTES) {
        throw new HttpError(413, 'The body is too large');
      }
      chunks.push(chunk);
    }
    return Buffer.concat(chunks);
  }

  /**
   * The fields of a form, urlencoded or multipart.
   * @throws HttpError 400 for a multipart body that cannot be read, 501 for a file in it
   */
  static async readForm(
    contentType: string,
    bytes: Buffer,
  ): Promise<URLSearchParams> {
    if (/^application\/x-www-form-urlencoded/i.test(contentType)) {
      return new URLSearchParams(bytes.toString('utf8'));
    }
    const fields = new URLSearchParams();
    if (!/^multipart\/form-data/i.test(contentType)) return fields;
    let data: FormData;
    try {
      data = await new Response(new Uint8Array(bytes), {
        headers: { 'Content-Type': contentType },
      }).formData();
    } catch {
      throw new HttpError(400, 'The multipart body cannot be read');
    }
    for (const [name, value] of data) {
      if (typeof value !== 'string') {
        throw new HttpError(501, 'This stand-in takes no files in forms');
      }
      fields.append(name, value);
    }
    return fields;
  }

  get contentType(): string {
    return this.request.headers['content-type'] ?? '';
  }

  get body(): string {
    return this.bytes.toString('utf8');
  }

  /** A parameter of the query or the form. */
  parameter(name: string): string | undefined {
    return this.query.get(name) ?? this.fields.get(name) ?? undefined;
  }

  /** All parameters, those of the query first. */
  get parameters(): Map<string, string> {
    return new Map([...this.fields, ...this.query]);
  }

  /** A header as one text. */
  header(name: string): string | undefined {
    const value = this.request.headers[name.toLowerCase()];
    return Array.isArray(value) ? value.join(', ') : value;
  }

  /** The object in the form field `json` that Jenkins' own pages submit. */
  get submittedForm(): Record<string, unknown> {
    const text = this.parameter('json');
    if (text === undefined) return {};
    try {
      const value: unknown = JSON.parse(text);
      if (typeof value === 'object' && value !== null) {
        return Object.fromEntries(Object.entries(value));
      }
    } catch {
      // Told below.
    }
    throw new HttpError(400, 'The form field "json" is no JSON object');
  }

  /** @throws HttpError as Jenkins refuses somebody without this permission */
  require(permission: Permission): void {
    const { caller } = this;
    if (caller.can(permission)) return;
    if (caller.anonymous) {
      // A browser is sent to the sign-in by the page, not by the status.
      const from = encodeURIComponent(this.request.url ?? '/');
      throw new HttpError(
        403,
        'Authentication required',
        {
          'X-You-Are-Authenticated-As': 'anonymous',
          'X-Required-Permission': permission,
        },
        `<script>window.location.replace('/login?from=${from.replace(/'/g, '%27')}')</script>`,
      );
    }
    throw new HttpError(403, `${caller.id} is missing the permission`, {
      'X-You-Are-Authenticated-As': caller.id,
      'X-You-Are-In-Group-Disabled':
        'JENKINS-39402: use -Dhudson.security.AccessDeniedException2.REPORT_GROUP_HEADERS=true or use /whoAmI to diagnose',
      'X-Required-Permission': permission,
      'X-Permission-Implied-By': 'hudson.model.Hudson.Administer',
    });
  }
}
