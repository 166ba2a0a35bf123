import { Expression } from '../groovy/ast';
import { soleParameter } from '../steps/definition';
import { argumentsOf, isBareDollar } from './match';
import { functionParameters, isOption, optionNames } from './metadata';
import { MethodModel, MethodsModel } from './model';
import { duplicates, RuleBase } from './ruleBase';
import { blocked, checkNamed, checkType } from './stepsParser';

function wrongNumber(name: string, wanted: number, given: number): string {
  return `"${name}" should have ${wanted} arguments but has ${given} arguments instead.`;
}

/** Jenkins does not ask for required parameters of options given by name. */
function withoutRequired<T extends { required?: boolean }>(
  parameters: Readonly<Record<string, T>>,
): Record<string, T> {
  return Object.fromEntries(
    Object.entries(parameters).map(([name, spec]) => [
      name,
      { ...spec, required: false },
    ]),
  );
}

/** Rules of options, parameters, triggers, and of the calls inside of them. */
export abstract class CallRules extends RuleBase {
  protected options(
    { methods, ...range }: MethodsModel,
    inStage: boolean,
  ): void {
    const { errors } = this;
    if (methods.length === 0) {
      errors.error(range, 'options can not be empty');
    }
    for (const name of duplicates(methods.map(m => m.name).filter(Boolean))) {
      errors.error(range, `Duplicate option name: "${name}"`);
    }
    for (const method of methods.filter(m => m.name)) {
      const { name } = method;
      if (!inStage && (name === 'parameters' || name === 'pipelineTriggers')) {
        const what = name === 'parameters' ? 'parameters' : 'triggers';
        // Jenkins' formatting eats the apostrophe of "can't".
        errors.error(
          method,
          `The "${what}" job property cant be used in the "options" directive. Use the "${what} {...}" directive instead.`,
        );
      } else if (isOption(name, inStage)) {
        this.call(method, method.call.named.length > 0);
      } else {
        errors.error(
          method,
          `Invalid option type "${name}". Valid option types: [${optionNames(inStage).join(', ')}]`,
        );
        if (!(inStage && isOption(name, false))) {
          this.maybe(`the option ${name}`);
        }
      }
    }
  }

  protected methods(
    { methods, ...range }: MethodsModel,
    section: string,
    kind: string,
    known: Readonly<Record<string, unknown>>,
  ): void {
    if (methods.length === 0) {
      this.errors.error(range, `${section} can not be empty`);
    }
    methods.forEach(method => this.method(method, kind, known));
  }

  protected method(
    method: MethodModel,
    kind: string,
    known: Readonly<Record<string, unknown>>,
  ): void {
    const { name, call } = method;
    if (name === '') {
      return;
    }
    if (!Object.hasOwn(known, name)) {
      this.errors.error(
        method,
        `Invalid ${kind} type "${name}". Valid ${kind} types: [${Object.keys(known).join(', ')}]`,
      );
      this.maybe(`the ${kind} type ${name}`);
    }
    this.call(method, call.named.length > 0);
  }

  /** Arguments of an option, a trigger or a parameter, and of calls inside. */
  protected call({ name, call, ...at }: MethodModel, mixed: boolean): void {
    const { errors } = this;
    const why = blocked(name, true);
    if (why) {
      errors.error(at, why);
    }
    const positional = call.args;
    if (mixed && positional.length > 0) {
      errors.error(at, 'Cannot mix named and unnamed arguments');
      return;
    }
    for (const argument of argumentsOf(call)) {
      const value = 'entry' in argument ? argument.entry.value : argument.value;
      this.innerCall(value);
    }
    const parameters = functionParameters(name);
    if (!parameters) {
      return;
    }
    if (call.named.length > 0) {
      const simple = call.named.filter(({ value }) => value.kind !== 'call');
      const known = call.named.filter(entry => !simple.includes(entry));
      checkNamed(
        at,
        [...simple, ...known],
        withoutRequired(parameters),
        soleParameter(parameters),
        errors,
      );
      return;
    }
    const required = Object.keys(parameters).filter(
      p => parameters[p].required,
    );
    if (positional.length > 1) {
      errors.error(at, `Arguments to "${name}" must be explicitly named.`);
    } else if (positional.length === 1 && required.length === 0) {
      // `skipDefaultCheckout(true)`: the one parameter may be given although it need not be.
      if (Object.keys(parameters).length !== 1) {
        errors.error(at, wrongNumber(name, 0, 1));
      }
    } else if (positional.length !== required.length) {
      errors.error(at, wrongNumber(name, required.length, positional.length));
    } else if (positional.length === 1) {
      checkType(positional[0], parameters[required[0]], undefined, errors);
    }
  }

  protected innerCall(value: Expression): void {
    if (
      value.kind === 'call' &&
      typeof value.method === 'string' &&
      !isBareDollar(value) &&
      !value.target
    ) {
      this.call(
        { name: value.method, call: value, start: value.start, end: value.end },
        value.named.length > 0,
      );
    }
  }
}
