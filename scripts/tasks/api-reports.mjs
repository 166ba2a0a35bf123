/** `npm run api-reports`: writes the reports of the public API anew; commit what changed with the change that caused it. */
import { apiReports } from '../lib/apiReports.mjs';
import { run } from '../lib/process.mjs';

export function main() {
  return apiReports(run, { isCheck: false });
}
