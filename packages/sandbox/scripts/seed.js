'use strict';
// Creates the sample pipelines in a running portal. Environment: `SANDBOX_PORTAL_URL`, `SANDBOX_PORTAL_TOKEN`, `SANDBOX_GIT_URL`.
require('@backstage/cli/config/nodeTransform.cjs');
const { seedPortal } = require('../src/portal/seedPortal');

const TIMEOUT_MS = 60_000;
const { SANDBOX_PORTAL_URL, SANDBOX_PORTAL_TOKEN, SANDBOX_GIT_URL } =
  process.env;

seedPortal({
  portalUrl: SANDBOX_PORTAL_URL,
  token: SANDBOX_PORTAL_TOKEN,
  gitUrl: SANDBOX_GIT_URL,
  signal: AbortSignal.timeout(TIMEOUT_MS),
}).then(
  created => {
    if (created.length > 0)
      console.log(`Sample pipelines created: ${created.join(', ')}`);
  },
  error => {
    console.error(
      `The sample pipelines could not be created: ${error.message}`,
    );
    process.exitCode = 1;
  },
);
