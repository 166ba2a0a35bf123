import { cronProblem } from './problems';
import type { CronLine, CronProblem } from './types';
import { cronValues } from './values';

/** `0,15,30,45` as a step. */
function evenStep(minutes: string): number | undefined {
  const [first, step, ...rest] = minutes.split(',').map(Number);
  if (first !== 0 || !step) return undefined;
  const expected = Array.from(
    { length: Math.ceil(60 / step) },
    (_, index) => index * step,
  );
  const given = [first, step, ...rest];
  return expected.length === given.length &&
    expected.every((value, index) => value === given[index])
    ? step
    : undefined;
}

/** The minute field with `H` instead of a fixed minute, when that is possible. */
function spreadMinute(minute: string): string | undefined {
  if (minute.startsWith('*/')) return `H${minute.slice(1)}`;
  if (/^\d+$/.test(minute)) return 'H';
  const step = /^\d+(?:,\d+)+$/.test(minute) ? evenStep(minute) : undefined;
  return step ? `H/${step}` : undefined;
}

/** Advice on one line, as hudson.scheduler.CronTab#checkSanity gives it; at most one. */
export function adviceOn(line: CronLine, text: string): CronProblem[] {
  const spec = text.slice(line.start, line.end);
  const { minute, dayOfMonth } = cronValues(line, () => 0);
  const [first, ...others] = spec.split(/[ \t]+/);
  if (minute.size === 60) {
    const suggestion = ['H', ...others].join(' ');
    return [cronProblem('everyMinute', line, { suggestion })];
  }
  const days = [...dayOfMonth].filter(day => day < 31).length;
  if (days > 5 && days < 28) return [cronProblem('shortCycle', line)];
  const spread = spec.includes('H') ? undefined : spreadMinute(first);
  if (!spread || spec.startsWith('@')) return [];
  const suggestion = [spread, ...others].join(' ');
  return [cronProblem('spread', line, { suggestion })];
}
