import { GroovyThrow, raise } from '../groovy/errors';
import type { Run } from './run';
import { interruptedException, Interruption } from './thread';

/** Per job: the newest build that passed each ordinal, and who is still running. */
interface JobMilestones {
  passed: Map<number, number>;
  running: Set<Milestones>;
}

const jobs = new Map<string, JobMilestones>();

/** The `milestone` step: newer builds overtake older ones only between milestones. Known within this process. */
export class Milestones {
  private last = -1;
  private readonly key: string;

  private readonly run: Run;

  constructor(run: Run) {
    this.run = run;

    const { env, build } = run.request;
    this.key = `${env.JENKINS_URL ?? ''} ${build.jobName}`;
  }

  private get job(): JobMilestones {
    const job = jobs.get(this.key) ?? { passed: new Map(), running: new Set() };
    jobs.set(this.key, job);
    return job;
  }

  /** @throws when a newer build has passed this milestone already. */
  pass(given: number | undefined, announce: (ordinal: number) => void): void {
    const ordinal = given ?? this.last + 1;
    announce(ordinal);
    if (ordinal <= this.last) {
      raise(
        'hudson.AbortException',
        `Invalid ordinal ${ordinal}, as the previous one was ${this.last}`,
      );
    }
    const { number } = this.run.request.build;
    const { passed, running } = this.job;
    const newest = passed.get(ordinal) ?? 0;
    if (newest > number) {
      throw new GroovyThrow(interruptedException(superseded(newest)));
    }
    passed.set(ordinal, number);
    const before = this.last;
    this.last = ordinal;
    running.add(this);
    for (const other of running) {
      const older = other.run.request.build.number < number;
      if (
        older &&
        other.last < ordinal &&
        other.last >= before &&
        other.last >= 0
      ) {
        other.run.mainThread.interrupt(superseded(number));
      }
    }
  }

  /** The build is over: it can no longer be overtaken. */
  leave(): void {
    const job = jobs.get(this.key);
    job?.running.delete(this);
  }
}

function superseded(by: number): Interruption {
  return { result: 'NOT_BUILT', causes: [`Superseded by #${by}`] };
}
