'use strict';
// Puts samples into a running portal: `seed.js pipelines`, or `seed.js namespaces <cluster>…` once the clusters run.
// Environment: `SANDBOX_PORTAL_URL`, `SANDBOX_PORTAL_TOKEN`, for pipelines `SANDBOX_GIT_URL`.
require('@backstage/cli/config/nodeTransform.cjs');
const { seedPortal } = require('../src/portal/seedPortal');
const { seedNamespaces } = require('../src/portal/seedNamespaces');

const TIMEOUT_MS = 5 * 60_000;
const [what, ...clusters] = process.argv.slice(2);
const portal = {
  portalUrl: process.env.SANDBOX_PORTAL_URL,
  token: process.env.SANDBOX_PORTAL_TOKEN,
  signal: AbortSignal.timeout(TIMEOUT_MS),
};
const seeding =
  what === 'namespaces'
    ? seedNamespaces({ ...portal, clusters })
    : seedPortal({ ...portal, gitUrl: process.env.SANDBOX_GIT_URL });

seeding.then(
  created => {
    if (created.length > 0)
      console.log(`Sample ${what} created: ${created.join(', ')}`);
  },
  error => {
    console.error(`The sample ${what} could not be created: ${error.message}`);
    process.exitCode = 1;
  },
);
