import { CAUSE } from '../config/classNames';

/** Why a run was started; the fields are those that Jenkins exports. */
export interface Cause {
  _class: string;
  shortDescription: string;
  userId?: string;
  userName?: string;
  upstreamProject?: string;
  upstreamBuild?: number;
  upstreamUrl?: string;
  addr?: string;
  note?: string;
}

export function userCause(user: { id: string; fullName: string }): Cause {
  return {
    _class: CAUSE.user,
    shortDescription: `Started by user ${user.fullName}`,
    userId: user.id,
    userName: user.fullName,
  };
}

export function remoteCause(addr: string, note: string | undefined): Cause {
  return {
    _class: CAUSE.remote,
    shortDescription: `Started by remote host ${addr}${note ? ` with note: ${note}` : ''}`,
    addr,
    note,
  };
}

export function upstreamCause(
  project: string,
  url: string,
  build: number,
): Cause {
  return {
    _class: CAUSE.upstream,
    shortDescription: `Started by upstream project "${project}" build number ${build}`,
    upstreamProject: project,
    upstreamBuild: build,
    upstreamUrl: url,
  };
}

export const timerCause: Cause = {
  _class: CAUSE.timer,
  shortDescription: 'Started by timer',
};

export const scmCause: Cause = {
  _class: CAUSE.scm,
  shortDescription: 'Started by an SCM change',
};

export function genericCause(text: string): Cause {
  return { _class: CAUSE.generic, shortDescription: text || 'Generic Cause' };
}

/** A run with another script, or (`rebuilt`) with the same. */
export function replayCause(original: number, rebuilt = false): Cause {
  return {
    _class: CAUSE.replay,
    shortDescription: `${rebuilt ? 'Rebuilt' : 'Replayed'} #${original}`,
  };
}

export function restartCause(original: number, stage: string): Cause {
  return {
    _class: CAUSE.restart,
    shortDescription: `Restarted from build #${original}, stage ${stage}`,
  };
}
