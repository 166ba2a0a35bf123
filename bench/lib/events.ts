import { Agent, request } from 'node:http';
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
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const url = `${portalUrl}/api/amamba/v1/events/jenkins/${ENGINE}`;
  return event =>
    new Promise((resolve, reject) => {
      const body = JSON.stringify(event);
      const post = request(url, {
        method: 'POST',
        agent,
        headers: {
          Authorization: `Bearer ${token}`,
          'Content-Type': 'application/json',
          'Content-Length': Buffer.byteLength(body),
        },
      });
      post.once('error', reject);
      post.once('response', response => {
        response.resume();
        response.once('error', reject);
        response.once('end', () =>
          response.statusCode === 204
            ? resolve()
            : reject(new Error(`The inbox answers ${response.statusCode}`)),
        );
      });
      post.end(body);
    });
}
