import { expect, test, type Page } from '@playwright/test';
import { collectErrors, expectAccessible, signIn } from './support';

test.describe.configure({ mode: 'serial' });
test.use({ actionTimeout: 30_000 });

const RUN_TIMEOUT = 120_000;
const PIPELINES = '/workbench/pipelines/team-a';

/** Starts a pipeline with the values of its dialog and opens the run. */
async function startRun(
  page: Page,
  pipeline: string,
  values: Record<string, string> = {},
): Promise<void> {
  await page.goto(PIPELINES);
  const row = page.getByRole('row', { name: new RegExp(`^${pipeline}`) });
  await row.getByRole('button', { name: /^Run/ }).click();
  const dialog = page.getByRole('dialog');
  for (const [name, value] of Object.entries(values)) {
    const field = dialog.getByLabel(name);
    const isList = await field.evaluate(
      element => element.tagName === 'SELECT',
    );
    await (isList ? field.selectOption(value) : field.fill(value));
  }
  await dialog.getByRole('button', { name: `Run ${pipeline}` }).click();
  await page.getByRole('link', { name: 'Open run' }).click();
  await expect(page).toHaveURL(new RegExp(`/pipeline/${pipeline}/runs/`));
}

test('a run is rejected, restarted from a stage, and cancelled; the audit tells of all', async ({
  page,
}) => {
  test.setTimeout(480_000);
  const errors = collectErrors(page);
  await signIn(page, 'Ann');

  await startRun(page, 'shop', { ENVIRONMENT: 'staging' });
  await expect(
    page.getByRole('heading', { name: 'Deploy to this environment?' }),
  ).toBeVisible({ timeout: RUN_TIMEOUT });
  await page.getByRole('button', { name: 'Reject' }).click();
  await expect(page.getByText(/^Cancelled in "Deploy" after/)).toBeVisible({
    timeout: RUN_TIMEOUT,
  });

  const rejected = page.url();
  await page.getByRole('button', { name: 'Rerun' }).click();
  await page.getByRole('menuitem', { name: 'Restart from "Deploy"' }).click();
  await page.getByRole('link', { name: 'Open run' }).click();
  await expect(page).not.toHaveURL(rejected);
  await expect(
    page.getByRole('heading', { name: 'Deploy to this environment?' }),
  ).toBeVisible({ timeout: RUN_TIMEOUT });
  await page.getByRole('button', { name: /^Approve/ }).click();
  await expect(page.getByText(/^Succeeded after/)).toBeVisible({
    timeout: RUN_TIMEOUT,
  });

  await startRun(page, 'slow', { SECONDS: '600' });
  await expect(page.getByText(/^Running "Warm up"/)).toBeVisible({
    timeout: RUN_TIMEOUT,
  });
  await expect(page.getByRole('log')).toContainText(/warming up, \d+ of/, {
    timeout: RUN_TIMEOUT,
  });
  await page.getByRole('button', { name: /^Cancel run/ }).click();
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /^Cancel run/ })
    .click();
  await expect(page.getByText(/^Cancelled in "Warm up" after/)).toBeVisible({
    timeout: RUN_TIMEOUT,
  });

  await page.goto('/workbench/audit/team-a');
  for (const act of [/ reject /, / rerun .*fromStage=Deploy/, / cancel run /]) {
    await expect(page.getByRole('row', { name: act }).first()).toBeVisible();
  }
  await expectAccessible(page);
  expect(errors).toEqual([]);
});
