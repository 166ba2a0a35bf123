import type { ManifestProblem } from '@amamba/backstage-plugin-amamba-common';
import type { HelmResult } from './HelmProgram';

/** What went wrong in words, and what helps. */
export interface HelmFailure {
  problem: string;
  remedy?: string;
  kind: ManifestProblem['kind'];
  /** `/replicas`, when it is about a value */
  path?: string;
  manager?: string;
}

/** A failure of Helm as an error; an operation shows its remedy beside it. */
export class HelmError extends Error {
  readonly remedy: string | undefined;
  readonly failures: readonly HelmFailure[];

  constructor(failures: readonly HelmFailure[]) {
    super(failures.map(({ problem }) => problem).join(' '));
    this.name = 'InputError';
    this.failures = failures;
    this.remedy = failures.find(({ remedy }) => remedy)?.remedy;
  }
}

const MAX_LENGTH = 1_500;

/** The error out of what Helm wrote: all from its last `Error:` on. */
export function errorText(stderr: readonly string[]): string {
  const lines = stderr.filter(line => !/^(?:level=|[EWI]\d{4} )/.test(line));
  const start = lines.findLastIndex(line => line.startsWith('Error: '));
  return lines
    .slice(Math.max(start, 0))
    .join('\n')
    .replace(/^Error: /, '')
    .replace(/^(?:INSTALLATION FAILED|UPGRADE FAILED): /, '')
    .replace(/\/\S*amamba-helm-[^/\s]+\//g, '')
    .trim()
    .slice(0, MAX_LENGTH);
}

type Rule = [
  pattern: RegExp,
  explain: (match: RegExpExecArray, text: string) => HelmFailure[],
];

const one = (failure: HelmFailure) => [failure];

/** By what Helm 4.3 says; the first that fits. */
const RULES: readonly Rule[] = [
  [
    /values don't meet the specifications of the schema/,
    (_match, text) => {
      const places = [...text.matchAll(/^- at '([^']*)': (.*)$/gm)];
      return places.length > 0
        ? places.map(([, path, words]) => ({
            problem: `The value at ${path || '/'}: ${words}.`,
            path: path || '/',
            kind: 'invalid',
          }))
        : one({ problem: text, kind: 'invalid' });
    },
  ],
  [
    /(?:pre|post)-(?:install|upgrade|rollback|delete)(?=[^\n]*(?:hook|resource|timed out|not ready))/,
    ([hook], text) => {
      const [, kind, name] =
        /resource (\w+)\/[^/\s]+\/([^\s]+) not ready/.exec(text) ?? [];
      const why = /message: ([^\n]*)/.exec(text)?.[1];
      return one({
        problem: `The ${hook} hook${kind ? ` ${kind} ${name}` : ''} failed${why ? `: ${why}` : ` (${text})`}.`,
        remedy: name
          ? `Read the log of ${kind} ${name} and of its pods, mend what it says, and do this again.`
          : undefined,
        kind: 'invalid',
      });
    },
  ],
  [
    /resource (\w+)\/[^/\s]+\/(\S+) not ready\. status: (\w+)(?:, message: ([^\n]*))?/,
    ([, kind, name, status, message]) =>
      one({
        problem: `${kind} ${name} did not become ready in time (${message || status}).`,
        remedy:
          'Look at its pods and events, or give it more time with a longer timeout.',
        kind: 'invalid',
      }),
  ],
  [
    /context deadline exceeded|timed out waiting/,
    (_match, text) =>
      one({
        problem: `It did not become ready in time (${text.split('\n')[0]}).`,
        remedy: 'Look at its pods and events, or give it a longer timeout.',
        kind: 'invalid',
      }),
  ],
  [
    /conflict occurred while applying object (?:\S+\/)?(\S+) \S+ Kind=(\w+)/,
    ([, name, kind], text) => {
      const manager = /conflicts? with "([^"]+)"/.exec(text)?.[1];
      const paths = [...text.matchAll(/(?:^|\s)(\.[\w.[\]"=-]+)/g)];
      const fields = paths.map(([, path]) => path).join(', ');
      return one({
        problem: `${kind} ${name}: ${manager ? `${manager} manages` : 'others manage'} fields that the chart sets${fields && ` (${fields})`}.`,
        remedy:
          'Take the fields over with "force conflicts", or leave them out of the values.',
        kind: 'conflict',
        manager,
      });
    },
  ],
  [
    /(\w+) "([^"]+)" in namespace "[^"]*" exists and cannot be imported/,
    ([, kind, name]) =>
      one({
        problem: `${kind} ${name} is there already and does not belong to this release.`,
        remedy:
          'Choose another release name, delete it, or let the release take it over with "take ownership".',
        kind: 'conflict',
      }),
  ],
  [
    /cannot reuse a name that is still in use/,
    () =>
      one({
        problem: 'There is a release of this name already.',
        remedy: 'Upgrade it, or take another name.',
        kind: 'conflict',
      }),
  ],
  [
    /another operation \(install\/upgrade\/rollback\) is in progress/,
    () =>
      one({
        problem: 'Another operation on this release is under way, or died.',
        remedy:
          'Wait until it has ended; if nothing runs any more, unlock the release.',
        kind: 'conflict',
      }),
  ],
  [
    /has no deployed releases/,
    () =>
      one({
        problem: 'No revision of this release was ever deployed.',
        remedy: 'Uninstall it and install it anew.',
        kind: 'conflict',
      }),
  ],
  [
    /exceeded quota: ([^,]+)(, requested: [^\n]*)?/,
    ([, quota, what = '']) =>
      one({
        problem: `The quota ${quota} of the namespace does not suffice${what}.`,
        remedy: 'Ask for less in the values, or have the quota raised.',
        kind: 'quota',
      }),
  ],
  [
    /(\S+) is forbidden: User "[^"]*" cannot (\w+) resource "([^"]+)"(?: in API group "([^"]*)")?(?: (at the cluster scope|in the namespace "[^"]*"))?/,
    ([, , verb, resource, group, where = '']) =>
      one({
        problem: `The chart wants to ${verb} ${resource}${group ? `.${group}` : ''}${where ? ` ${where}` : ''}, which releases of a workspace may not.`,
        remedy:
          'Switch that off in the values, choose another chart, or ask a platform engineer.',
        kind: 'forbidden',
      }),
  ],
  [
    /violates PodSecurity "([^"]+)": ([^\n]*)/,
    ([, level, what]) =>
      one({
        problem: `The namespace allows pods of level ${level} only: ${what}.`,
        remedy: 'Set the security context in the values.',
        kind: 'forbidden',
      }),
  ],
  [
    /no matches for kind "(\w+)" in version "([^"]+)"/,
    ([, kind, version]) =>
      one({
        problem: `The cluster has no ${kind} of ${version}.`,
        remedy: 'A platform engineer has to install what brings it.',
        kind: 'forbidden',
      }),
  ],
  [
    /chart requires kubeVersion: (\S+)[^\n]*incompatible with Kubernetes (\S+)/,
    ([, wanted, has]) =>
      one({
        problem: `The chart wants Kubernetes ${wanted}, and the cluster is ${has}.`,
        remedy: 'Choose another version of the chart.',
        kind: 'invalid',
      }),
  ],
  [
    /failed to parse \S*values\.yaml: ([^\n]*)/,
    ([, why]) =>
      one({
        problem: `The values are not YAML of a map: ${why}`,
        kind: 'invalid',
      }),
  ],
  [
    /library charts are not installable/,
    () =>
      one({
        problem: 'This is a library chart: other charts use it.',
        kind: 'invalid',
      }),
  ],
  [
    /server has asked for the client to provide credentials|Unauthorized/,
    () =>
      one({
        problem: 'The cluster refused the token of the account.',
        remedy: 'Do it again; if it stays so, ask a platform engineer.',
        kind: 'forbidden',
      }),
  ],
  [
    /kubernetes cluster unreachable|connection refused|no such host/i,
    () =>
      one({
        problem: 'Helm cannot reach the cluster.',
        remedy: 'Look at the clusters page; do it again when it answers.',
        kind: 'invalid',
      }),
  ],
];

/** Why a call of Helm failed. */
export function failuresOf({
  stderr,
  isTimedOut,
}: Pick<HelmResult, 'stderr' | 'isTimedOut'>): HelmFailure[] {
  const text = errorText(stderr);
  for (const [pattern, explain] of RULES) {
    const match = pattern.exec(text);
    if (match) return explain(match, text);
  }
  if (isTimedOut) {
    return one({
      problem: 'Helm took too long and was ended.',
      remedy:
        'Look at what is there now, and do it again with a longer timeout.',
      kind: 'invalid',
    });
  }
  return one({
    problem: text ? `Helm says: ${text}` : 'Helm ended without a word.',
    kind: 'invalid',
  });
}
