import { InputError } from '@backstage/errors';
import type { ReleaseDraft } from '@amamba/backstage-plugin-amamba-common';

/** Label of a release that names the repository its chart came from. */
export const REPOSITORY_LABEL = 'amamba.io/repository';
/** Revisions that Helm keeps; its own default. */
const HISTORY = 10;
const NAME = /^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/;

/** Files in the folder that the program runs in. */
export const CHART_FILE = 'chart.tgz';
export const VALUES_FILE = 'values.yaml';

/** What Helm is to do with a chart. */
export type Change = Pick<
  ReleaseDraft,
  | 'name'
  | 'repository'
  | 'wait'
  | 'atomic'
  | 'timeoutSeconds'
  | 'forceConflicts'
  | 'takeOwnership'
> & { action: 'install' | 'upgrade' };

/** Names begin with a letter or digit, so that none can be taken for an option. */
function checked(name: string): string {
  if (NAME.test(name)) return name;
  throw new InputError('name: is no name of a release');
}

/** Helm 3 waits for hooks always, Helm 4 when it is told so. */
function waitArguments(wait: boolean, isNew: boolean): string[] {
  if (isNew) return [wait ? '--wait=watcher' : '--wait=hookOnly'];
  return wait ? ['--wait'] : [];
}

/**
 * Arguments that install or upgrade. Every word is ours but for the name and the label's value, which have no
 * characters that mean something.
 * @param major - version of the program
 */
export function changeArguments(change: Change, major: number): string[] {
  const { action, name, repository } = change;
  const isNew = major >= 4;
  return [
    ...[action, checked(name), CHART_FILE, '--values', VALUES_FILE],
    ...(action === 'upgrade'
      ? ['--reset-values', '--history-max', String(HISTORY)]
      : []),
    ...waitArguments(change.wait, isNew),
    ...(change.atomic ? [isNew ? '--rollback-on-failure' : '--atomic'] : []),
    ...(change.forceConflicts && isNew ? ['--force-conflicts'] : []),
    ...(change.takeOwnership ? ['--take-ownership'] : []),
    ...['--timeout', `${change.timeoutSeconds}s`],
    ...['--labels', `${REPOSITORY_LABEL}=${checked(repository)}`],
    ...['--skip-crds', '--debug'],
  ];
}

/** Arguments that render as installing or upgrading would, and write nothing. */
export function dryRunArguments(change: Change, major: number): string[] {
  const waiting = ['--wait', '--rollback-on-failure', '--atomic'];
  return [
    ...changeArguments({ ...change, wait: false, atomic: false }, major).filter(
      word => !waiting.some(option => word.startsWith(option)),
    ),
    ...['--dry-run=server', '--output', 'json'],
  ];
}

export function rollbackArguments(
  {
    name,
    revision,
    wait,
    timeoutSeconds,
  }: {
    name: string;
    revision: number;
    wait: boolean;
    timeoutSeconds: number;
  },
  major: number,
): string[] {
  return [
    ...['rollback', checked(name), String(revision)],
    ...waitArguments(wait, major >= 4),
    ...['--timeout', `${timeoutSeconds}s`],
    ...['--history-max', String(HISTORY), '--debug'],
  ];
}

export function uninstallArguments({
  name,
  keepHistory,
  propagation,
  timeoutSeconds,
}: {
  name: string;
  keepHistory: boolean;
  propagation: 'background' | 'foreground' | 'orphan';
  timeoutSeconds: number;
}): string[] {
  return [
    ...['uninstall', checked(name), '--cascade', propagation],
    // what is to be left is not waited for to go
    ...(propagation === 'orphan' ? [] : ['--wait']),
    ...(keepHistory ? ['--keep-history'] : []),
    ...['--timeout', `${timeoutSeconds}s`, '--debug'],
  ];
}
