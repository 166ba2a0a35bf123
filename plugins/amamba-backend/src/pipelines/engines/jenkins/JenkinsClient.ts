import { InputError } from '@backstage/errors';
import type { LoggerService } from '@backstage/backend-plugin-api';
import { readFileSync } from 'fs';
import { z } from 'zod';
import type { JenkinsConfig } from '../../../config';
import {
  OutboundClient,
  parseJson,
  path,
  UpstreamError,
  type OutboundAnswer,
  type OutboundRequest,
  type OutboundStream,
  type OutboundTimeouts,
} from '../../../http';

/** A Jenkins instance, and how patient to be with it. */
export interface JenkinsOptions extends JenkinsConfig {
  timeouts?: Partial<OutboundTimeouts>;
}

const NO_CRUMB = 'No valid crumb was included in the request';
const crumbSchema = z.object({
  crumb: z.string(),
  crumbRequestField: z.string(),
});

/** Finds Jenkins' own words in an answer that is no success. */
function explain({ status, headers, text }: OutboundAnswer) {
  if (headers['x-error']) return headers['x-error'];
  if (text.includes(NO_CRUMB)) return NO_CRUMB;
  const permission = headers['x-required-permission'];
  if (permission) return `it lacks the permission ${permission}`;
  if (status === 503 && text.includes('getting ready')) {
    return 'Jenkins is getting ready to work';
  }
  const isText = headers['content-type']?.startsWith('text/plain');
  return isText ? text : undefined;
}

function readCertificates(file: string, system: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new InputError(
      `The certificates of ${system} cannot be read from caFile`,
      error,
    );
  }
}

/** The HTTP client of one Jenkins: who it is, who we are, and crumbs where they are asked for. */
export class JenkinsClient {
  /** as messages name it */
  readonly system: string;
  readonly logger: LoggerService;
  readonly #outbound: OutboundClient;
  #crumb: Record<string, string> = {};

  /** @throws InputError when the address or the certificates cannot be used */
  constructor(options: JenkinsOptions, logger: LoggerService) {
    const { id, baseUrl, username, apiToken, caFile, timeouts } = options;
    this.system = `Jenkins "${id}"`;
    this.logger = logger;
    const basic = Buffer.from(`${username}:${apiToken}`).toString('base64');
    this.#outbound = new OutboundClient({
      system: this.system,
      baseUrl,
      headers: {
        authorization: `Basic ${basic}`,
        // causes and states come in the reader's language, and some are told by their words
        'accept-language': 'en',
      },
      secrets: [apiToken, basic],
      credentialsAdvice: `Check the user "${username}" and its API token in the configuration of "${id}", and the permissions of that user in Jenkins`,
      ca: caFile && readCertificates(caFile, this.system),
      timeouts,
      explain,
    });
  }

  close(): Promise<void> {
    return this.#outbound.close();
  }

  json<S extends z.ZodType>(
    schema: S,
    request: OutboundRequest,
  ): Promise<z.output<S>> {
    return this.#outbound.json(schema, request);
  }

  get(request: OutboundRequest): Promise<OutboundAnswer> {
    return this.#outbound.text(request);
  }

  open(request: OutboundRequest): Promise<OutboundStream> {
    return this.#outbound.open(request);
  }

  /** Changes something. */
  async post(request: OutboundRequest): Promise<OutboundAnswer> {
    const answer = await this.#withCrumb(request, headers =>
      this.#outbound.text({ ...request, method: 'POST', headers }),
    );
    // Jenkins says that it is done by a redirect or without a word
    const { status, headers, text } = answer;
    const isPage = headers['content-type']?.startsWith('text/html');
    if (status < 300 && isPage && text.trim() !== '') {
      throw new UpstreamError(
        `${this.system} answered with a web page instead of doing what it was asked for: ${request.what}. Check that its address is right and that no sign-in page stands in front of it`,
        { reason: 'unreadable' },
      );
    }
    return answer;
  }

  /** Changes something and reads what Jenkins says about it. */
  postJson<S extends z.ZodType>(
    schema: S,
    request: OutboundRequest,
  ): Promise<z.output<S>> {
    return this.#withCrumb(request, headers =>
      this.#outbound.json(schema, { ...request, method: 'POST', headers }),
    );
  }

  /** API tokens need no crumb; who configured a password instead gets one when Jenkins asks for it. */
  async #withCrumb<T>(
    request: OutboundRequest,
    send: (headers: Record<string, string>) => Promise<T>,
  ): Promise<T> {
    try {
      return await send({ ...request.headers, ...this.#crumb });
    } catch (error) {
      const wantsCrumb =
        error instanceof UpstreamError &&
        error.reason === 'permission' &&
        error.message.includes(NO_CRUMB);
      if (!wantsCrumb) throw error;
      this.#crumb = await this.#fetchCrumb(request.signal);
      return send({ ...request.headers, ...this.#crumb });
    }
  }

  /** A crumb holds for the session that it was made in. */
  async #fetchCrumb(signal?: AbortSignal): Promise<Record<string, string>> {
    const what = 'a crumb';
    const { headers, text } = await this.get({
      path: path`/crumbIssuer/api/json`,
      what,
      signal,
    });
    const { crumb, crumbRequestField } = this.parse(crumbSchema, text, what);
    const cookie = headers['set-cookie']?.split(';')[0];
    return { [crumbRequestField]: crumb, ...(cookie && { cookie }) };
  }

  /** Reads the JSON of an answer whose headers matter too. */
  parse<S extends z.ZodType>(schema: S, text: string, what: string) {
    return parseJson(schema, text, `${this.system} answered`, what);
  }
}
