import type {
  PodLogFileQuery,
  PodLogQuery,
} from '@amamba/backstage-plugin-amamba-common';
import { Readable } from 'stream';
import { attachment, type CallOptions, type StreamedOutput } from '../../http';
import type { Authorizer } from '../../permissions';
import type { ApplicationAccess, ApplicationNames } from '../ApplicationAccess';
import { containerNamed, podNamed } from './podsOfApplication';
import type { PodLogs } from './PodLogs';
import type { Seats } from './Seats';
import { wholeLog } from './wholeLog';

/** Logs of applications as callers get them: whoever may read an application may read what it writes. */
export class AuthorizedLogs {
  readonly #access: ApplicationAccess;
  readonly #authorizer: Pick<Authorizer, 'identity'>;
  readonly #logs: PodLogs;
  readonly #seats: Seats;

  constructor(options: {
    access: ApplicationAccess;
    authorizer: Pick<Authorizer, 'identity'>;
    logs: PodLogs;
    seats: Seats;
  }) {
    this.#access = options.access;
    this.#authorizer = options.authorizer;
    this.#logs = options.logs;
    this.#seats = options.seats;
  }

  /** Lines of several containers as NDJSON; see `podLogLineSchema`. */
  async read(
    names: ApplicationNames,
    query: PodLogQuery,
    options: CallOptions,
  ): Promise<StreamedOutput> {
    const found = await this.#access.application(names, options);
    return this.#stream(options, signal =>
      this.#logs.read(found, query, signal),
    );
  }

  /** The log of one container from its beginning to now, as it was written. */
  async download(
    names: ApplicationNames,
    query: PodLogFileQuery,
    options: CallOptions,
  ): Promise<StreamedOutput> {
    const found = await this.#access.application(names, options);
    const pod = podNamed(found, query.pod);
    const container = containerNamed(pod, query.container);
    const { stream } = await this.#stream(options, signal =>
      wholeLog(found.namespace, pod.metadata.name, {
        ...{ container, previous: query.previous, signal },
      }),
    );
    const name = `${pod.metadata.name}-${container}`;
    return {
      stream,
      headers: attachment(`${name}${query.previous ? '-previous' : ''}.log`),
    };
  }

  /** A stream that ends, and ends what feeds it, when its reader goes. */
  async #stream(
    { credentials, signal }: CallOptions,
    open: (
      signal: AbortSignal,
    ) => AsyncGenerator<string> | Promise<AsyncGenerator<string>>,
  ): Promise<StreamedOutput> {
    const { actor } = await this.#authorizer.identity(credentials);
    const leave = this.#seats.take(actor);
    const closed = new AbortController();
    const close = () => {
      closed.abort();
      leave();
    };
    try {
      const ends = signal
        ? AbortSignal.any([signal, closed.signal])
        : closed.signal;
      const stream = Readable.from(await open(ends), { objectMode: false });
      stream.once('close', close);
      return { stream };
    } catch (error) {
      close();
      throw error;
    }
  }
}
