import { defineConfig } from '@playwright/test';

const baseURL = process.env.AMAMBA_E2E_URL;
if (!baseURL) {
  throw new Error(
    'Start the browser tests with `npm run test:browser`, or set AMAMBA_E2E_URL to the address of a portal',
  );
}

const isCi = Boolean(process.env.CI);

export default defineConfig({
  testDir: './e2e-tests',
  outputDir: '.cache/e2e/results',
  // One portal and one Jenkins serve all tests; two at a time is what two cores bear.
  workers: 2,
  fullyParallel: false,
  forbidOnly: isCi,
  retries: 0,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: 'list',
  use: {
    baseURL,
    screenshot: 'only-on-failure',
    trace: 'retain-on-failure',
    launchOptions: {
      executablePath: process.env.AMAMBA_E2E_CHROMIUM ?? '/usr/bin/chromium',
      // Without a sandbox and a GPU it also runs as root and in containers; the rest keeps it from calling home.
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
});
