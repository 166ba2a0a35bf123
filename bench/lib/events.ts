import { Pool } from 'undici';
import { ENGINE, WORKSPACE } from './portal';

/** What Jenkins' plugin generic-event posts about a run that has ended. */
export function makeEvent(run: {
  id: string;
  pipeline: string;
  number: number;
}) {
  const { id, pipeline, number } = run;
  return {
    id,
    type: 'run.finalized',
    dataType: 'org.jenkinsci.plugins.workflow.job.WorkflowRun',
    source: `job/${WORKSPACE}/job/${pipeline}/`,
    time: '2026-01-01T00:00:00.000+0000',
    data: {
      _class: 'io.jenkins.plugins.generic.event.data.WorkflowRunData',
      actions: Array.from({ length: 10 }, () => ({
        _class: 'org.jenkinsci.plugins.displayurlapi.actions.RunDisplayAction',
      })),
      artifacts: [],
      building: false,
      displayName: `#${number}`,
      duration: 30_000,
      fullDisplayName: `${WORKSPACE} » ${pipeline} #${number}`,
      id: String(number),
      number,
      queueId: null,
      result: 'SUCCESS',
      timestamp: 1_767_225_600_000,
      _multiBranch: false,
      _parentFullName: WORKSPACE,
      _projectName: pipeline,
    },
  };
}

/** An event as Jenkins posts it. */
export type JenkinsEvent = ReturnType<typeof makeEvent>;

/** Posts events to the inbox of a portal as Jenkins does, over connections that stay open. */
export function eventPoster(options: {
  portalUrl: string;
  token: string;
  connections: number;
}): (event: JenkinsEvent) => Promise<void> {
  const { portalUrl, token, connections } = options;
  // The lightest client there is: what it takes of the processor is the inbox's loss.
  const pool = new Pool(portalUrl, { connections });
  return async event => {
    const { statusCode, body } = await pool.request({
      path: `/api/amamba/v1/events/jenkins/${ENGINE}`,
      method: 'POST',
      headers: {
        Authorization: `Bearer ${token}`,
        'Content-Type': 'application/json',
      },
      body: JSON.stringify(event),
    });
    await body.dump();
    if (statusCode !== 204) throw new Error(`The inbox answers ${statusCode}`);
  };
}
