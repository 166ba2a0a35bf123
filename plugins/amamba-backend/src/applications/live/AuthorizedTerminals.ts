import {
  applicationExecPermission,
  type Terminal,
  type TerminalInput,
  type TerminalRequest,
} from '@amamba/backstage-plugin-amamba-common';
import { NotAllowedError } from '@backstage/errors';
import { Readable } from 'stream';
import type { AuditService } from '../../audit';
import type { CallOptions, StreamedOutput } from '../../http';
import type { Authorizer } from '../../permissions';
import {
  targetOf,
  type ApplicationAccess,
  type ApplicationNames,
  type ApplicationOfCaller,
} from '../ApplicationAccess';
import { auditedObject, endDetails } from './terminalTrail';
import { containerNamed, podNamed } from './podsOfApplication';
import type { Terminals } from './Terminals';
import type { TerminalSession } from './TerminalSession';

/** Names of an application and of a terminal in it. */
export type TerminalNames = ApplicationNames & { terminal: string };

/**
 * Terminals as callers get them. A terminal belongs to who opened it: for everybody else there is none. Opening and closing are in the
 * trail; what is typed and printed is nowhere.
 */
export class AuthorizedTerminals {
  readonly #access: ApplicationAccess;
  readonly #authorizer: Authorizer;
  readonly #audit: AuditService;
  readonly #terminals: Terminals;

  constructor(options: {
    access: ApplicationAccess;
    authorizer: Authorizer;
    audit: AuditService;
    terminals: Terminals;
  }) {
    this.#access = options.access;
    this.#authorizer = options.authorizer;
    this.#audit = options.audit;
    this.#terminals = options.terminals;
  }

  /** Starts a shell in a container. */
  async open(
    names: ApplicationNames,
    request: TerminalRequest,
    options: CallOptions,
  ): Promise<Terminal> {
    const found = await this.#access.application(names, options);
    const pod = podNamed(found, request.pod);
    const container = containerNamed(pod, request.container);
    const session = await this.#audit.act(
      {
        action: 'terminal.open',
        permission: applicationExecPermission,
        workspace: found.workspace,
        target: { application: targetOf(found, found.entry) },
        object: auditedObject(names),
        details: { pod: request.pod, container },
      },
      options,
      async ({ actor, add }) => {
        const opened = await this.#terminals.open(
          found.namespace,
          {
            ...placeOf(found, actor),
            ...{ pod: pod.metadata.name, container },
          },
          request,
        );
        add({ terminal: opened.id });
        return opened;
      },
    );
    return { id: session.id, pod: request.pod, container };
  }

  /** What it prints, as NDJSON; see `terminalEventSchema`. */
  async read(
    names: TerminalNames,
    options: CallOptions,
  ): Promise<StreamedOutput> {
    const session = await this.#judged(names, options);
    const closed = new AbortController();
    const { signal } = options;
    const stream = Readable.from(
      textOf(
        session,
        signal ? AbortSignal.any([signal, closed.signal]) : closed.signal,
      ),
      { objectMode: false },
    );
    stream.once('close', () => closed.abort());
    return { stream };
  }

  /** Types into it, or resizes it. Who may no longer loses it. */
  async write(
    names: TerminalNames,
    input: TerminalInput,
    options: CallOptions,
  ): Promise<void> {
    const session = await this.#judged(names, options);
    await session.write(input);
  }

  async close(names: TerminalNames, options: CallOptions): Promise<void> {
    const found = await this.#access.application(names, options);
    await this.#audit.act(
      {
        action: 'terminal.close',
        permission: applicationExecPermission,
        workspace: found.workspace,
        target: { application: targetOf(found, found.entry) },
        object: auditedObject(names),
        details: { terminal: names.terminal },
      },
      options,
      async ({ actor, add }) => {
        const session = this.#terminals.find(
          names.terminal,
          placeOf(found, actor),
        );
        session.end('closed');
        add(endDetails(session, await session.done));
      },
    );
  }

  /** The terminal, when the caller opened it and may have one now. @throws NotFoundError, NotAllowedError */
  async #judged(
    names: TerminalNames,
    options: CallOptions,
  ): Promise<TerminalSession> {
    const found = await this.#access.application(names, options);
    const { actor } = await this.#authorizer.identity(options.credentials);
    const place = placeOf(found, actor);
    try {
      await this.#authorizer.require(
        applicationExecPermission,
        {
          workspace: found.workspace,
          application: targetOf(found, found.entry),
        },
        options,
      );
    } catch (error) {
      if (error instanceof NotAllowedError) {
        this.#terminals.peek(names.terminal, place)?.end('refused');
      }
      throw error;
    }
    return this.#terminals.find(names.terminal, place);
  }
}

function placeOf(
  { workspace, namespace, entry }: ApplicationOfCaller,
  owner: string,
) {
  return {
    owner,
    workspace: workspace.name,
    cluster: namespace.cluster,
    namespace: namespace.name,
    kind: entry.kind,
    name: entry.name,
  };
}

async function* textOf(
  session: TerminalSession,
  signal: AbortSignal,
): AsyncGenerator<string> {
  // The head of the answer goes with its first byte: whoever reads knows that it is open.
  yield '\n';
  for await (const event of session.read(signal)) {
    yield event === 'heartbeat' ? '\n' : `${JSON.stringify(event)}\n`;
  }
}
