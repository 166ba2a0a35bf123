import {
  parameterDefinitionSchema,
  type ParameterDefinition,
  type ParameterValues,
} from '@amamba/backstage-plugin-amamba-common';
import type {
  EngineApproval,
  EngineCallOptions,
  EnginePipelineRef,
} from '@amamba/backstage-plugin-amamba-node';
import { ConflictError, InputError, NotFoundError } from '@backstage/errors';
import { z } from 'zod';
import { path } from '../../../http';
import { runWords, type JenkinsAddresses } from './addresses';
import type { JenkinsClient } from './JenkinsClient';
import type { JenkinsStep } from './stages/StageApi';

/**
 * Pending inputs as the run itself tells them. The plugin Pipeline: REST API lists them too (`pendingInputActions`),
 * but not who may submit them; this does, since Pipeline: Input Step of November 2022.
 */
export const INPUTS_TREE =
  'actions[_class,executions[id,settled,input[message,ok,submitter,parameters[_class,name,type,description,defaultParameterValue[value],choices]]]]';

const definitionSchema = z.object({
  _class: z.string().nullish(),
  name: z.string(),
  type: z.string().nullish(),
  description: z.string().nullish(),
  defaultParameterValue: z.object({ value: z.unknown().optional() }).nullish(),
  choices: z.array(z.string()).nullish(),
});
const executionSchema = z.object({
  id: z.string(),
  settled: z.boolean().nullish(),
  input: z.object({
    message: z.string().nullish(),
    ok: z.string().nullish(),
    submitter: z.string().nullish(),
    parameters: z.array(definitionSchema).nullish(),
  }),
});
export const inputActionsSchema = z.array(
  z
    .object({
      _class: z.string().nullish(),
      executions: z.array(executionSchema).nullish(),
    })
    .nullable(),
);
const INPUT_ACTION =
  'org.jenkinsci.plugins.workflow.support.steps.input.InputAction';

const TYPES = new Map<string, ParameterDefinition['type']>([
  ['StringParameterDefinition', 'string'],
  ['TextParameterDefinition', 'text'],
  ['BooleanParameterDefinition', 'boolean'],
  ['ChoiceParameterDefinition', 'choice'],
  ['PasswordParameterDefinition', 'password'],
]);

function readDefinition(
  definition: z.output<typeof definitionSchema>,
): ParameterDefinition {
  const value = definition.defaultParameterValue?.value;
  const type = TYPES.get(definition.type ?? '');
  const name = definition.name;
  const engineType = definition._class ?? definition.type ?? 'unknown';
  const result = parameterDefinitionSchema.safeParse({
    name,
    description: definition.description || undefined,
    type,
    ...(type === 'choice' && { choices: definition.choices }),
    ...(type === 'boolean' && { defaultValue: value === true }),
    ...((type === 'string' || type === 'text') &&
      typeof value === 'string' && { defaultValue: value }),
  });
  return result.success
    ? result.data
    : { name, type: 'unsupported', engineType };
}

/** Whether there are inputs of which Jenkins does not tell who may submit them. */
export function hidesApprovals(
  actions: z.output<typeof inputActionsSchema>,
): boolean {
  return actions.some(
    action => action?._class === INPUT_ACTION && !action.executions,
  );
}

/**
 * The inputs that wait.
 *
 * @param actions - of the run, by {@link INPUTS_TREE}
 * @param steps - of the run, to tell the stage
 * @param stageName - name of a stage by its id
 */
export function readApprovals(
  actions: z.output<typeof inputActionsSchema>,
  steps: readonly JenkinsStep[],
  stageName: (id: string) => string | undefined,
): EngineApproval[] {
  return actions
    .flatMap(action => action?.executions ?? [])
    .filter(({ settled }) => !settled)
    .map(({ id, input }) => {
      const step = steps.find(item => item.inputId === id);
      return {
        id,
        message: input.message ?? '',
        okLabel: input.ok ?? 'Proceed',
        approvers: (input.submitter ?? '')
          .split(',')
          .map(name => name.trim())
          .filter(name => name !== ''),
        parameters: (input.parameters ?? []).map(readDefinition),
        stage: step && stageName(step.stageId),
        since: step?.startedAt ? new Date(step.startedAt) : undefined,
      };
    });
}

/** A value for every parameter: Jenkins itself fills in no defaults here, and a missing one is missing in the pipeline. */
function valueOf(
  definition: ParameterDefinition,
  values: ParameterValues,
): string | boolean | undefined {
  const { name } = definition;
  const given = Object.hasOwn(values, name) ? values[name] : undefined;
  switch (definition.type) {
    case 'boolean':
      return given === undefined
        ? definition.defaultValue
        : String(given) === 'true';
    case 'choice': {
      const choice =
        given === undefined ? definition.choices[0] : String(given);
      if (!definition.choices.includes(choice)) {
        throw new InputError(
          `The parameter "${name}" must be one of its choices`,
        );
      }
      return choice;
    }
    case 'unsupported':
      throw new InputError(
        `The parameter "${name}" is of the type ${definition.engineType}, which can only be given in Jenkins. Decide there`,
      );
    case 'password':
      return given === undefined ? undefined : String(given);
    default:
      return String(given ?? definition.defaultValue ?? '');
  }
}

function formOf(
  definitions: readonly ParameterDefinition[],
  values: ParameterValues,
): Record<string, string> {
  const unknown = Object.keys(values).find(
    name => !definitions.some(definition => definition.name === name),
  );
  if (unknown !== undefined) {
    throw new InputError(`Nobody asked for the parameter "${unknown}"`);
  }
  const parameter = definitions.flatMap(definition => {
    const value = valueOf(definition, values);
    return value === undefined ? [] : [{ name: definition.name, value }];
  });
  return { json: JSON.stringify({ parameter }) };
}

/** Answers inputs. Jenkins sees only the portal's own account: who may decide is the portal's matter. */
export class JenkinsInputs {
  readonly #client: JenkinsClient;
  readonly #addresses: JenkinsAddresses;

  constructor(client: JenkinsClient, addresses: JenkinsAddresses) {
    this.#client = client;
    this.#addresses = addresses;
  }

  /** @throws ConflictError when it has been decided meanwhile */
  async decide(
    ref: EnginePipelineRef,
    run: number,
    { id, parameters }: EngineApproval,
    decision: { approve: boolean; parameters: ParameterValues },
    options: EngineCallOptions = {},
  ): Promise<void> {
    const input = path`${this.#addresses.run(ref, run)}/input/${id}`;
    const what = `the input "${id}" of ${runWords(ref, run)}`;
    const isForm = decision.approve && parameters.length > 0;
    const form = isForm ? formOf(parameters, decision.parameters) : {};
    const proceed = isForm
      ? path`${input}/proceed`
      : path`${input}/proceedEmpty`;
    try {
      await this.#client.post({
        path: decision.approve ? proceed : path`${input}/abort`,
        body: { form },
        accept: [302],
        what,
        ...options,
      });
    } catch (error) {
      const isDecided =
        error instanceof NotFoundError ||
        (error instanceof InputError && /already/.test(error.message));
      if (!isDecided) throw error;
      throw new ConflictError(
        `${this.#client.system} does not wait for ${what} any more: somebody has decided, or the run has ended`,
      );
    }
  }
}
