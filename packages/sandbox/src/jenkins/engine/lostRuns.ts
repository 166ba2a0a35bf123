import type { Build } from '../model/Build';
import type { Job } from '../model/Item';

/** Only the newest runs of a job can be unfinished; the records of all would take long to read. */
const LOOKED_AT = 10;

/** Ends the runs that the last process left behind: nothing can be resumed here, so they end as Jenkins' own lost ones. */
export function endLostRuns(jobs: Iterable<Job>): void {
  for (const job of jobs) {
    let looked = 0;
    for (const build of job.builds) {
      if (looked++ === LOOKED_AT) break;
      if (build.record.building) endAsLost(build);
    }
  }
}

function endAsLost(build: Build): void {
  const { record, log } = build;
  log.append(
    `Resuming build at ${new Date().toString()} after Jenkins restart\n` +
      'ERROR: This stand-in cannot resume a run: what it was executing is gone.\n' +
      'Finished: FAILURE\n',
  );
  log.close();
  for (const node of build.nodes.values()) {
    if (node.state === 'running' || node.state === 'paused') {
      build.putNode({ ...node, state: 'aborted', endTime: Date.now() });
    }
  }
  build.saveNodes();
  build.forgetNodes();
  record.building = false;
  record.result = 'FAILURE';
  record.duration = Math.max(0, Date.now() - record.startTime);
  build.save();
}
