import type {
  EndpointArguments,
  EndpointId,
  EndpointOutput,
  endpoints,
} from '@amamba/backstage-plugin-amamba-common';
import { ResponseError } from '@backstage/errors';
import type { AmambaApi } from '../api';
import { aWorkspace } from './data';

type Endpoints = typeof endpoints;

/** What the fake answers: a value, a promise of one, or what throws. */
export type Answers = {
  [I in EndpointId]?: (
    input: EndpointArguments<Endpoints[I]>,
  ) => EndpointOutput<Endpoints[I]> | Promise<EndpointOutput<Endpoints[I]>>;
};

/** A backend in memory: it answers what a test says, and remembers what it was asked. */
export class FakeApi implements AmambaApi {
  /** every call, in order */
  readonly calls: {
    id: EndpointId;
    input: { params: object; query?: object; body?: unknown };
  }[] = [];
  #answers: Answers;

  /** @param answers - by operation; the workspace and its engines are answered by default */
  constructor(answers: Answers = {}) {
    this.#answers = {
      getWorkspace: () => aWorkspace(),
      listWorkspaces: () => ({ items: [aWorkspace()] }),
      listEngines: () => ({
        items: [
          { id: 'ci', title: 'Jenkins "ci"', kind: 'jenkins', reachable: true },
        ],
      }),
      ...answers,
    };
  }

  /** Changes what it answers. */
  answer(answers: Answers): void {
    this.#answers = { ...this.#answers, ...answers };
  }

  /** What one operation was asked, in order. */
  asked(id: EndpointId) {
    return this.calls.filter(call => call.id === id).map(({ input }) => input);
  }

  call: AmambaApi['call'] = async (id, input) => {
    this.calls.push({ id, input });
    const answer: Answers[typeof id] = this.#answers[id];
    if (!answer) throw new Error(`The test does not answer ${id}`);
    return answer(input);
  };

  open: AmambaApi['open'] = async () => {
    throw new Error('The fake opens no streams');
  };
}

/** An answer of the backend that is an error. */
export async function refusal(
  status: number,
  message: string,
  name = 'Error',
): Promise<never> {
  throw await ResponseError.fromResponse(
    new Response(
      JSON.stringify({
        error: { name, message },
        request: { method: 'GET', url: '/v1' },
        response: { statusCode: status },
      }),
      { status, headers: { 'content-type': 'application/json' } },
    ),
  );
}

/** An answer that never comes. */
export function never<T>(): Promise<T> {
  return new Promise(() => undefined);
}
