import { raise } from '../groovy/errors';
import { table } from '../groovy/table';

const UNITS = table<number>({
  NANOSECONDS: 1e-6,
  MICROSECONDS: 1e-3,
  MILLISECONDS: 1,
  SECONDS: 1_000,
  MINUTES: 60_000,
  HOURS: 3_600_000,
  DAYS: 86_400_000,
});

/** The milliseconds of a `java.util.concurrent.TimeUnit`, by name. */
export function unitMs(name: string): number {
  return (
    UNITS[name.toUpperCase()] ??
    raise(
      'IllegalArgumentException',
      `No enum constant java.util.concurrent.TimeUnit.${name}`,
    )
  );
}

/** A span as Jenkins words it: the two largest units, `1 min 5 sec`. */
export function durationText(ms: number): string {
  const seconds = ms / 1000;
  const whole = Math.floor(seconds);
  const two = (a: number, unitA: string, b: number, unitB: string) =>
    `${a} ${unitA} ${b} ${unitB}`;
  if (whole >= 86_400) {
    const days = Math.floor(whole / 86_400);
    return two(
      days,
      days === 1 ? 'day' : 'days',
      Math.floor((whole % 86_400) / 3600),
      'hr',
    );
  }
  if (whole >= 3600) {
    return two(
      Math.floor(whole / 3600),
      'hr',
      Math.floor((whole % 3600) / 60),
      'min',
    );
  }
  if (whole >= 60) {
    return two(Math.floor(whole / 60), 'min', whole % 60, 'sec');
  }
  if (whole >= 10) {
    return `${whole} sec`;
  }
  if (whole >= 1) {
    const tenths = Math.floor((ms % 1000) / 100);
    return tenths === 0 ? `${whole} sec` : `${whole}.${tenths} sec`;
  }
  return ms >= 100
    ? `${(Math.floor(ms / 10) / 100).toString()} sec`
    : `${Math.floor(ms)} ms`;
}
