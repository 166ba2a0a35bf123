import { Pool } from 'undici';
import type { BenchPortal } from './portal';
import type { Resources } from './resources';

/**
 * Reads answers of a portal as ann over one connection that stays open. The lightest client there is: what it takes of the processor
 * is added to what is measured. With `body` it posts JSON.
 */
export async function lightReader(resources: Resources, portal: BenchPortal) {
  const pool = new Pool(portal.url, {
    connections: 1,
    // whoever is measured may take long
    headersTimeout: 0,
    bodyTimeout: 0,
  });
  resources.add(() => pool.destroy());
  const authorization = await portal.authorization();
  return async (path: string, body?: object): Promise<string> => {
    const answer = await pool.request({
      path,
      method: body ? 'POST' : 'GET',
      headers: { authorization, 'content-type': 'application/json' },
      body: body && JSON.stringify(body),
    });
    const text = await answer.body.text();
    if (answer.statusCode !== 200) {
      throw new Error(`${path}: ${answer.statusCode} ${text}`);
    }
    return text;
  };
}
