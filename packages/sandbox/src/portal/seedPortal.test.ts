import {
  pipelineDraftSchema,
  type Pipeline,
  type PipelineDraftInput,
} from '@amamba/backstage-plugin-amamba-common';
import { createServer, type RequestListener } from 'http';
import type { AddressInfo } from 'net';
import { json } from 'stream/consumers';
import { samplePipelines } from './samplePipelines';
import { seedPortal } from './seedPortal';

const GIT_URL = 'http://127.0.0.1:7090';
const NOW = new Date().toISOString();

function pipelineOf(input: PipelineDraftInput): Pipeline {
  const draft = pipelineDraftSchema.parse(input);
  return {
    ...{ ...draft, workspace: 'team-a', engine: 'ci', recent: [], can: [] },
    ...{ sourceType: draft.source.type, hasParameters: false },
    ...{ sync: { state: 'synced' }, statistics: { total: 0, succeeded: 0 } },
    ...{ createdAt: NOW, createdBy: 'a', updatedAt: NOW, updatedBy: 'a' },
    version: 1,
  };
}

/** Seeds a portal that answers like this. */
async function seed(listener: RequestListener): Promise<string[]> {
  const server = createServer(listener);
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  try {
    return await seedPortal({
      portalUrl: `http://127.0.0.1:${port}`,
      token: 'a-token',
      gitUrl: GIT_URL,
      signal: AbortSignal.timeout(10_000),
    });
  } finally {
    server.close();
  }
}

it('waits for the portal and asks for what is missing, nothing else', async () => {
  const [first, ...others] = samplePipelines(GIT_URL);
  const asked: string[] = [];
  let isUp = false;
  const created = await seed(async (request, response) => {
    response.setHeader('content-type', 'application/json');
    if (!isUp) {
      isUp = true;
      response.writeHead(404).end('{"error":{"name":"NotFoundError"}}');
    } else if (request.method === 'GET') {
      const items = [pipelineOf(first)];
      response.end(JSON.stringify({ items, total: 1, warnings: [] }));
    } else {
      const draft = (await json(request)) as PipelineDraftInput;
      asked.push(draft.name);
      response.writeHead(201).end(JSON.stringify(pipelineOf(draft)));
    }
  });
  expect(created).toEqual(others.map(({ name }) => name));
  expect(asked).toEqual(created);
});

it('does not ask for ever what is answered wrongly', async () => {
  await expect(seed((_, response) => response.end('{}'))).rejects.toThrow(
    /items/,
  );
});
