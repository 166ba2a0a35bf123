import { Duration } from './Duration';

/**
 * How long something took, or has taken so far; nothing for what has not begun.
 * @param props.of - its times, ISO 8601
 */
export function Took(props: {
  of: { durationMs?: number; startedAt?: string; endedAt?: string } | undefined;
}) {
  const { durationMs, startedAt, endedAt } = props.of ?? {};
  if (durationMs !== undefined && endedAt) return <Duration ms={durationMs} />;
  return startedAt && !endedAt ? <Duration since={startedAt} /> : null;
}
