import { fieldProblemText, tidyKubeText } from './statusCauses';
import type { KubeStatus, RefusalWords } from './statusTypes';

/** `pods=1,requests.cpu=2` */
function amounts(text: string): Map<string, string> {
  return new Map(
    text.split(',').map(part => {
      const at = part.indexOf('=');
      return [part.slice(0, at).trim(), part.slice(at + 1).trim()] as const;
    }),
  );
}

function exceeded(message: string): RefusalWords | undefined {
  const match =
    /exceeded quota: (\S+), requested: (\S+), used: (\S+), limited: (\S+?)\.?$/.exec(
      message,
    );
  if (!match) return undefined;
  const [, quota, requested, used, limited] = match;
  const inUse = amounts(used);
  const most = amounts(limited);
  const each = [...amounts(requested)].map(
    ([key, amount]) =>
      `${key}: ${amount} asked for, ${inUse.get(key)} of ${most.get(key)} used`,
  );
  return {
    type: 'quota',
    quota,
    message: `Quota "${quota}" is exceeded (${each.join('; ')}). Ask for less, free some, or have the quota raised`,
  };
}

function unspecified(message: string): RefusalWords | undefined {
  const match = /failed quota: (\S+): must specify (.*)$/s.exec(message);
  if (!match) return undefined;
  const [, quota, wanted] = match;
  const each = wanted.split(';').map(part => {
    const [key, containers] = part.trim().split(' for: ');
    return containers ? `${key} of container ${containers}` : key;
  });
  return {
    type: 'quota',
    quota,
    message: `Quota "${quota}" wants ${tidyKubeText(each.join(', '))} to be set. Set it, or ask for a limit range with defaults`,
  };
}

function podSecurity(message: string): RefusalWords | undefined {
  const match = /violates? PodSecurity "([^"]+)": (.*)$/s.exec(message);
  if (!match) return undefined;
  const problems = match[2]
    .split(/(?<=\)), /)
    .map(part => ({ message: tidyKubeText(part) }));
  const reasons = problems.map(part => part.message).join('; ');
  return {
    type: 'policy',
    problems,
    message: `The namespace's pod security "${match[1]}" forbids it: ${reasons}`,
  };
}

function limitRange(message: string): RefusalWords | undefined {
  const match =
    /is forbidden: \[?((?:maximum|minimum|(?:cpu|memory|\S+) max limit to request ratio)\b.*?)\]?$/s.exec(
      message,
    );
  return match
    ? {
        type: 'policy',
        message: `The namespace's limit range forbids it: ${tidyKubeText(match[1])}`,
      }
    : undefined;
}

function policy(message: string): RefusalWords | undefined {
  const hook =
    /admission webhook "([^"]+)" denied the request(?:: (.*))?$/s.exec(message);
  if (hook) {
    return {
      type: 'policy',
      message: `The policy "${hook[1]}" of the cluster refuses it${hook[2] ? `: ${tidyKubeText(hook[2])}` : ''}`,
    };
  }
  const rule =
    /ValidatingAdmissionPolicy '([^']+)' .*?denied request: (.*)$/s.exec(
      message,
    );
  if (rule) {
    return {
      type: 'policy',
      message: `The policy "${rule[1]}" of the cluster refuses it: ${tidyKubeText(rule[2])}`,
    };
  }
  const dead = /failed calling webhook "([^"]+)"/.exec(message);
  return dead
    ? {
        type: 'failed',
        message: `The cluster's admission webhook "${dead[1]}" does not answer; whoever runs the cluster has to mend it`,
      }
    : undefined;
}

/** Refusals of what stands between a request and the store: quotas, limit ranges, pod security, webhooks, a namespace that is going. */
export function admissionWords(status: KubeStatus): RefusalWords | undefined {
  const { message = '', details } = status;
  if (
    details?.causes?.some(({ reason }) => reason === 'NamespaceTerminating')
  ) {
    return {
      type: 'terminating',
      message:
        `Namespace ${/in namespace (\S+) because/.exec(message)?.[1] ?? ''} is being deleted: nothing new can be created there`.replace(
          '  ',
          ' ',
        ),
    };
  }
  const held =
    exceeded(message) ??
    unspecified(message) ??
    podSecurity(message) ??
    limitRange(message) ??
    policy(message);
  if (held) return held;
  const [cause] = details?.causes ?? [];
  return status.code === 403 && cause?.message
    ? {
        type: 'policy',
        message: fieldProblemText(cause.message),
        problems: [
          { field: cause.field, message: fieldProblemText(cause.message) },
        ],
      }
    : undefined;
}
