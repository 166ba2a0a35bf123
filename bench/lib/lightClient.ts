import { Pool } from 'undici';
import type { BenchPortal } from './portal';
import type { Resources } from './resources';

/**
 * Reads JSON of a portal as ann over one connection that stays open. The lightest client there is: what it takes of the processor
 * is added to what is measured.
 */
export async function lightGetter(resources: Resources, portal: BenchPortal) {
  const pool = new Pool(portal.url, {
    connections: 1,
    // whoever is measured may take long
    headersTimeout: 0,
    bodyTimeout: 0,
  });
  resources.add(() => pool.destroy());
  const authorization = await portal.authorization();
  return async (path: string) => {
    const { statusCode, body } = await pool.request({
      path,
      method: 'GET',
      headers: { authorization },
    });
    const text = await body.text();
    if (statusCode !== 200) throw new Error(`${path}: ${statusCode} ${text}`);
    return JSON.parse(text);
  };
}
