/** How far a build is, in words of {@link progressText}. */
export interface BuildProgress {
  /** from 1 */
  number: number;
  of: number;
  name: string;
  remainingSeconds: number;
}

/** "building the local Kubernetes, 3 of 7 (Helm), about 6 minutes" */
export function progressText(progress: BuildProgress): string {
  const { number, of, name, remainingSeconds } = progress;
  const minutes = Math.round(remainingSeconds / 60);
  let left = 'less than a minute';
  if (minutes === 1) left = 'about a minute';
  if (minutes > 1) left = `about ${minutes} minutes`;
  return `building the local Kubernetes, ${number} of ${of} (${name}), ${left}`;
}

/**
 * Seconds that are left when the programs before `index` took `elapsed` seconds and the current one runs for `current`. The speed
 * of this machine is taken from what is done; before that it is believed to be as the table says.
 */
export function estimate(
  programs: readonly { seconds: number }[],
  index: number,
  elapsed: number,
  current: number,
): number {
  const sum = (list: readonly { seconds: number }[]) =>
    list.reduce((total, { seconds }) => total + seconds, 0);
  const done = sum(programs.slice(0, index));
  const speed = done === 0 ? 1 : Math.max(elapsed / done, 0.05);
  const own = programs[index].seconds * speed;
  // What takes longer than it should does not end at once.
  return (
    Math.max(own - current, own * 0.1) + speed * sum(programs.slice(index + 1))
  );
}
