import { createServer, IncomingMessage, Server } from 'node:http';
import { chartRepository } from './charts';
import type { ControlPlane } from './ControlPlane';
import type { ControlPlanePlan } from './plan';
import type { StatusWriter } from './status';

/** Where the control plane serves the sample charts. */
export const CHARTS_PATH = '/charts';
const ACTION = /^\/clusters\/([^/]+)\/([^/]+)\/(stop|start|kill)$/;

/**
 * The control plane's own address on the loopback interface: `GET /status` says how it is; with the plan's token,
 * `POST /clusters/<name>/<component>/stop` (or `kill`, or `start`) plays an outage. Below {@link CHARTS_PATH} is a chart repository.
 */
export async function serveControl(options: {
  plan: ControlPlanePlan;
  status: StatusWriter;
  /** undefined while it is being built */
  controlPlane: () => ControlPlane | undefined;
}): Promise<Server> {
  const { plan, status, controlPlane } = options;
  const charts = await chartRepository();
  const answer = async (
    request: IncomingMessage,
  ): Promise<[number, unknown]> => {
    const { method, url = '' } = request;
    if (method === 'GET' && url === '/status') return [200, status.current];
    const [, name, part, action] = ACTION.exec(url) ?? [];
    if (method !== 'POST' || !action)
      return [404, { message: `there is no ${method} ${url}` }];
    if (request.headers.authorization !== `Bearer ${plan.controlToken}`)
      return [401, { message: 'the token is not that of plan.json' }];
    const cluster = controlPlane()?.clusters.find(
      each => each.plan.name === name,
    );
    const component = cluster?.component(part);
    if (!component)
      return [404, { message: `${name} has no ${part}, or does not run yet` }];
    if (action === 'start') component.start();
    else await component.stop(action === 'kill');
    return [200, { name: part, isRunning: component.isRunning }];
  };
  const server = createServer((request, response) => {
    request.resume();
    const { method, url = '' } = request;
    if (method === 'GET' && url.startsWith(`${CHARTS_PATH}/`)) {
      const file = charts.get(url.slice(CHARTS_PATH.length + 1));
      response.writeHead(file ? 200 : 404);
      response.end(file);
      return;
    }
    answer(request)
      .catch((error): [number, unknown] => [500, { message: String(error) }])
      .then(([code, body]) => {
        response.writeHead(code, { 'Content-Type': 'application/json' });
        response.end(JSON.stringify(body));
      });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(plan.ports.control, '127.0.0.1', resolve);
  });
  return server;
}
