import type { PendingInput } from '../execution/types';
import type { Exchange } from '../http/exchange';
import { HttpError, json, ok, redirect, Reply } from '../http/reply';
import type { Route } from '../http/routes';
import { PERMISSION } from '../http/users';
import type { Build } from '../model/Build';
import { Failure } from '../model/errors';
import { PARAMETER } from '../config/classNames';
import { bindParameters } from '../engine/parameters';
import { submittedParameters } from './builds';

/** Inputs of a run that wait for an answer. */
export function pendingInputs(build: Build): PendingInput[] {
  return build.execution?.pendingInputs() ?? [];
}

function find(build: Build, id: string): PendingInput {
  const input = pendingInputs(build).find(candidate => candidate.id === id);
  if (input) return input;
  // Of an input that was there only its node is left, and after the run not even that is asked for.
  const known =
    build.record.building &&
    [...build.nodes.values()].some(node => node.inputId === id);
  if (known) throw new Failure('This input has been already given');
  throw new HttpError(404, `No input ${id} waits in ${build.fullDisplayName}`);
}

/** Whether the caller may answer: anybody when nobody is named, else who is, and an administrator always. */
function canSubmit(input: PendingInput, { caller }: Exchange): boolean {
  const { submitter } = input;
  if (!submitter) return true;
  // Old versions of the plugin do not trim here, so "a, b" lets only "a" through; this is the new behaviour.
  const names = submitter.split(',').map(name => name.trim());
  return names.includes(caller.id) || caller.can(PERMISSION.administer);
}

/** Only what was submitted: a parameter that is left out has no value, not even its default. */
function values(
  input: PendingInput,
  exchange: Exchange,
): Record<string, string | boolean> {
  const given = submittedParameters(exchange.submittedForm);
  for (const name of given.keys()) {
    if (!input.parameters.some(parameter => parameter.name === name)) {
      throw new Error(`No such parameter definition: ${name}`);
    }
  }
  const asked = input.parameters.filter(({ name }) => given.has(name));
  const bound = bindParameters(asked, given);
  return Object.fromEntries(bound.map(({ name, value }) => [name, value]));
}

function proceed(build: Build, exchange: Exchange, id: string): void {
  const input = find(build, id);
  if (!canSubmit(input, exchange)) {
    throw new Failure(`You need to be ${input.submitter} to submit this`);
  }
  build.execution?.answerInput(id, {
    proceed: true,
    by: exchange.caller.id,
    values: values(input, exchange),
  });
}

function abort(build: Build, exchange: Exchange, id: string): void {
  const input = find(build, id);
  const { caller } = exchange;
  if (!caller.can(PERMISSION.cancel) && !canSubmit(input, exchange)) {
    throw new Failure(
      `You need to be '${input.submitter}' (or have Job CANCEL permissions) to cancel this.`,
    );
  }
  build.execution?.answerInput(id, { proceed: false, by: caller.id });
}

function inputJson(build: Build, input: PendingInput) {
  const base = `/${build.url}`;
  return {
    id: input.id,
    proceedText: input.ok,
    message: input.message,
    inputs: input.parameters.map(parameter => ({
      type: parameter.type.slice(parameter.type.lastIndexOf('.') + 1),
      name: parameter.name,
      description: parameter.description ?? '',
      definition:
        parameter.type === PARAMETER.choice
          ? { defaultVal: parameter.choices?.[0], choices: parameter.choices }
          : { defaultVal: parameter.defaultValue },
    })),
    proceedUrl: `${base}wfapi/inputSubmit?inputId=${encodeURIComponent(input.id)}`,
    abortUrl: `${base}input/${encodeURIComponent(input.id)}/abort`,
    redirectApprovalUrl: `${base}input/`,
  };
}

export const inputRoutes: Route<Build>[] = [
  {
    method: 'GET',
    path: 'wfapi/pendingInputActions',
    handle: build =>
      json(pendingInputs(build).map(input => inputJson(build, input))),
  },
  {
    method: 'GET',
    path: 'wfapi/nextPendingInputAction',
    handle(build) {
      const [first] = pendingInputs(build);
      return json(first ? inputJson(build, first) : null);
    },
  },
  {
    method: 'POST',
    path: 'wfapi/inputSubmit',
    handle(build, exchange) {
      try {
        proceed(build, exchange, exchange.parameter('inputId') ?? '');
      } catch (error) {
        // The plugin wraps whatever goes wrong into a ServletException.
        const message = error instanceof Error ? error.message : String(error);
        throw new HttpError(500, message);
      }
      return ok();
    },
  },
  ...['proceed', 'proceedEmpty'].map((path): Route<Build> => ({
    method: 'POST',
    path: `input/:id/${path}`,
    handle(build, exchange, { id }) {
      proceed(build, exchange, id);
      return ok();
    },
  })),
  {
    method: 'POST',
    path: 'input/:id/abort',
    handle(build, exchange, { id }): Reply {
      abort(build, exchange, id);
      return ok();
    },
  },
  {
    method: 'POST',
    path: 'input/:id/submit',
    handle(build, exchange, { id }) {
      if (exchange.parameter('proceed') !== undefined)
        proceed(build, exchange, id);
      else abort(build, exchange, id);
      return redirect('../../console');
    },
  },
];
