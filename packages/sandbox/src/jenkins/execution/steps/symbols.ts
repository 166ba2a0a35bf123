import { GroovyMap, GroovyObject, toText, Value } from '../groovy/values';

/** What a symbol of the DSL gives, such as `string(credentialsId: 'x', variable: 'Y')`: a thing yet to be made. */
export class Symbolic extends GroovyObject {
  readonly type =
    'org.jenkinsci.plugins.structs.describable.UninstantiatedDescribable';

  readonly symbol: string;
  readonly args: GroovyMap;
  /** A single argument without a name. */
  readonly single?: Value;

  constructor(symbol: string, args: GroovyMap, single?: Value) {
    super();
    this.symbol = symbol;
    this.args = args;
    this.single = single;
  }

  /** An argument by its name, or the single unnamed one for the name given. */
  argument(name: string, sole = false): Value {
    return this.args.get(name) ?? (sole ? (this.single ?? null) : null);
  }

  override getProperty(name: string): Value | undefined {
    return this.args.get(name);
  }

  override toText(): string {
    return `@${this.symbol}(${[...this.args]
      .map(([k, v]) => `${toText(k)}=${toText(v)}`)
      .join(',')})`;
  }
}

/** Symbols that make arguments of steps, options, triggers and parameters rather than doing something. */
export const SYMBOLS: ReadonlySet<string> = new Set(
  (
    'booleanParam choice string text password run file credentials ' +
    'usernamePassword usernameColonPassword sshUserPrivateKey ' +
    'logRotator buildDiscarder disableConcurrentBuilds quietPeriod parameters pipelineTriggers ' +
    'cron pollSCM upstream githubPush durabilityHint disableResume ' +
    'scmGit agent nonresumable kubernetesAgent'
  ).split(' '),
);

/** Makes the value of a symbol's call. */
export function symbolic(name: string, args: readonly Value[]): Symbolic {
  const [first] = args;
  if (first instanceof Map) {
    return new Symbolic(name, first);
  }
  return new Symbolic(name, new Map(), first);
}
