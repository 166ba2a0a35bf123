import { healthReason, type HealthReason, type HealthRemedy } from './health';

/** Layers of a container runtime around what the registry said. */
const WRAPPINGS: readonly RegExp[] = [
  /^Back-off pulling image "[^"]*"(?:: )?/,
  /^(?:ErrImagePull|Failed to pull image "[^"]*"): /,
  /^rpc error: code = \w+ desc = /,
  /^Error response from daemon: /,
  /^(?:failed|unable) to (?:pull and unpack|pull|resolve|fetch|copy)[a-z ]*(?: "[^"]*")?: /,
  /^(?:failed to do request|error pinging docker registry [^:]*): /,
  /^(?:Head|Get) "[^"]*": /,
  /^unexpected status (?:code )?from \w+ request to \S+: /,
];

function unwrap(message: string): string {
  let text = message.trim();
  for (let before = ''; before !== text;) {
    before = text;
    for (const wrapping of WRAPPINGS) text = text.replace(wrapping, '');
  }
  return text.replace(/\.$/, '');
}

const REMEDIES: readonly (readonly [RegExp, HealthRemedy])[] = [
  [/toomanyrequests|too many requests|rate limit/i, 'rateLimit'],
  [
    /unauthori[sz]ed|denied|forbidden|authentication required|no basic auth/i,
    'pullSecret',
  ],
  [
    /no such host|timeout|timed out|connection refused|unreachable|deadline exceeded|x509|EOF/i,
    'registryReach',
  ],
  [/not found|manifest unknown|no match for platform/i, 'imageTag'],
];

/**
 * Why an image was not pulled.
 * @param messages - what the kubelet said, the most recent first: of the waiting state and of events
 */
export function imagePullReason(
  image: string,
  messages: readonly (string | undefined)[],
): HealthReason {
  const causes = messages.map(message => unwrap(message ?? ''));
  const cause = causes.find(
    text =>
      text !== '' && !/^Error: (?:ErrImagePull|ImagePullBackOff)$/.test(text),
  );
  if (!cause) return healthReason('imagePullRetry', { image });
  const remedy = REMEDIES.find(([shape]) => shape.test(cause))?.[1];
  const code =
    remedy === 'registryReach' ? 'imagePullUnreachable' : 'imagePull';
  return healthReason(code, { image, cause }, remedy && { remedy });
}
