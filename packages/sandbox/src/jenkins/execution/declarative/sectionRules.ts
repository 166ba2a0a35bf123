import { GroovyThrow } from '../groovy/errors';
import { javaRegex } from '../groovy/regex';
import { soleParameter } from '../steps/definition';
import { CallRules } from './callRules';
import { argumentsOf } from './match';
import {
  AGENT_OPTIONS,
  AGENT_TYPES,
  CONDITIONS,
  PLUGIN_AGENTS,
  POST_CONDITIONS,
  TOOL_TYPES,
} from './metadata';
import {
  AgentModel,
  ConditionModel,
  EnvironmentModel,
  PostModel,
  ToolsModel,
} from './model';
import { nearest } from './nearest';
import { duplicates, IDENTIFIER } from './ruleBase';
import { checkNamed, checkType } from './stepsParser';

/** Rules of the sections that pipelines, stages and matrices share. */
export abstract class SectionRules extends CallRules {
  protected environment({ entries, ...range }: EnvironmentModel): void {
    if (entries.length === 0) {
      this.errors.error(range, 'No variables specified for environment');
    }
    for (const { name, ...at } of entries) {
      if (!IDENTIFIER.test(name)) {
        this.errors.error(
          at,
          `"${name}" is not a valid identifier and cannot be used for an environment variable. Identifiers must start with a letter or underscore and can contain only letters, numbers or underscores.`,
        );
      }
    }
  }

  protected post({ conditions, ...range }: PostModel): void {
    const { errors } = this;
    if (conditions.length === 0) {
      errors.error(range, 'post can not be empty');
    }
    for (const name of duplicates(conditions.map(c => c.name))) {
      errors.error(range, `Duplicate build condition name: "${name}"`);
    }
    for (const { name, body, ...at } of conditions) {
      if (!POST_CONDITIONS.some(known => known === name)) {
        errors.error(
          at,
          `Invalid condition "${name}" - valid conditions are [${POST_CONDITIONS.join(', ')}]`,
        );
      }
      if (body.body.statements.length === 0) {
        errors.error(body, 'No steps specified for branch');
      }
    }
  }

  protected toolsSection({ tools, ...range }: ToolsModel): void {
    const { errors } = this;
    if (tools.length === 0) {
      errors.error(range, 'No tools specified');
    }
    for (const { name, value, ...at } of tools) {
      const installed = this.tools.filter(tool => tool.type === name);
      if (!TOOL_TYPES.includes(name) && installed.length === 0) {
        errors.error(
          at,
          `Invalid tool type "${name}". Valid tool types: [${TOOL_TYPES.join(', ')}]`,
        );
        this.maybe(`the tool type ${name}`);
      } else if (installed.length === 0) {
        this.maybe(`the tool ${name}, of which none is installed,`);
      } else if (value.kind === 'constant') {
        const wanted = String(value.value);
        const names = installed.map(tool => tool.name);
        if (!names.includes(wanted)) {
          errors.error(
            value,
            `Tool type "${name}" does not have an install of "${wanted}" configured - did you mean "${nearest(wanted, names)}"?`,
          );
        }
      }
    }
  }

  protected agent(agent: AgentModel): void {
    const { errors } = this;
    const { type } = agent;
    const types = `[${AGENT_TYPES.join(', ')}]`;
    if (type === undefined) {
      errors.error(agent, `No agent type specified. Must be one of ${types}`);
      return;
    }
    if (type === 'any' || type === 'none') {
      return;
    }
    const known = AGENT_OPTIONS[type];
    if (!known) {
      if (!PLUGIN_AGENTS.has(type)) {
        errors.error(
          agent,
          `Invalid agent type "${type}" specified. Must be one of ${types}`,
        );
      }
      this.maybe(`the agent type ${type}`);
      return;
    }
    if (agent.value) {
      return;
    }
    for (const name of known.required) {
      if (!agent.options.has(name)) {
        errors.error(
          agent,
          `Missing required parameter for agent type "${type}": ${name}`,
        );
      }
    }
    for (const [name, value] of agent.options) {
      if (!known.known.includes(name)) {
        errors.error(
          value,
          `Invalid config option "${name}" for agent type "${type}". Valid config options are [${known.known.join(', ')}]`,
        );
      }
    }
  }

  protected condition(condition: ConditionModel): void {
    const { errors } = this;
    const { name, call, children } = condition;
    if (name === 'expression' || name === 'error') {
      return;
    }
    const known = CONDITIONS[name];
    if (!known) {
      errors.error(
        condition,
        `Unknown conditional ${name}. Valid conditionals are: ${Object.keys(CONDITIONS).join(', ')}`,
      );
      this.maybe(`the when condition ${name}`);
      return;
    }
    const given = argumentsOf(call);
    if (known.children) {
      const count = children?.length ?? 0;
      if (given.length > 0 || !children) {
        errors.error(
          condition,
          `No additional arguments are allowed for children when condition "${name}".`,
        );
      } else if (known.children === 'some' && count === 0) {
        errors.error(
          condition,
          `Nested when condition "${name}" requires at least one child condition.`,
        );
      } else if (known.children === 'one' && count !== 1) {
        errors.error(
          condition,
          `Nested when condition "${name}" requires exactly 1 child condition(s).`,
        );
      } else {
        children.forEach(child => this.condition(child));
      }
      return;
    }
    if (children && children.length > 0) {
      errors.error(
        condition,
        `No children when conditions are allowed for when condition "${name}".`,
      );
      return;
    }
    this.conditionArguments(condition, known.parameters);
  }

  protected conditionArguments(
    condition: ConditionModel,
    parameters: (typeof CONDITIONS)[string]['parameters'],
  ): void {
    const { errors } = this;
    const { name, call } = condition;
    const positional = argumentsOf(call).filter(a => 'value' in a);
    const sole = soleParameter(parameters);
    if (positional.length > 1) {
      errors.error(
        condition,
        `Arguments to "${name}" must be explicitly named.`,
      );
      return;
    }
    if (positional.length === 0) {
      checkNamed(condition, call.named, parameters, sole, errors);
    } else if (!sole && name !== 'tag') {
      errors.error(
        condition,
        'Step does not take a single required parameter - use named parameters instead',
      );
    } else if (sole) {
      checkType(call.args[0], parameters[sole], undefined, errors);
    }
    if (name === 'changelog') {
      const pattern = call.args[0] ?? call.named[0]?.value;
      if (pattern?.kind === 'constant' && typeof pattern.value === 'string') {
        this.pattern(condition, pattern.value);
      }
    }
  }

  protected pattern(at: { start: number }, pattern: string): void {
    try {
      javaRegex(pattern);
    } catch (error) {
      if (!(error instanceof GroovyThrow)) {
        throw error;
      }
      this.errors.error(
        at,
        `"${pattern}" is not a valid regular expression. ${error.value.message ?? ''}`,
      );
    }
  }
}
