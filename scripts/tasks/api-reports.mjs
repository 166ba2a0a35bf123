/** `npm run api-reports`: writes the reports of the public API anew; commit what changed with the change that caused it. */
import { apiReports } from '../lib/apiReports.mjs';
import { run } from '../lib/process.mjs';

export async function main() {
  return (await run('tsc', [])) || run('backstage-repo-tools', apiReports);
}
