import { expect, test } from '@playwright/test';
import { collectErrors, expectAccessible, signIn } from './support';

test.use({ actionTimeout: 30_000 });

test('a viewer sees the pipelines, and why acts are not for them', async ({
  page,
}) => {
  test.setTimeout(180_000);
  const errors = collectErrors(page);
  await signIn(page, 'Vi');
  await page.goto('/workbench/pipelines/team-a');
  const run = page
    .getByRole('row', { name: /^shop/ })
    .getByRole('button', { name: /^Run/ });
  await expect(run).toHaveAttribute('aria-disabled', 'true');
  await expectAccessible(page);
  await run.hover();
  await expect(page.getByRole('tooltip')).toContainText('amamba.run.start');
  expect(errors).toEqual([]);
});

test('an editor may run; the audit is for admins, and says who helps', async ({
  page,
}) => {
  test.setTimeout(180_000);
  const errors = collectErrors(page);
  await signIn(page, 'Ed');
  await page.goto('/workbench/pipelines/team-a');
  await expect(
    page
      .getByRole('row', { name: /^shop/ })
      .getByRole('button', { name: /^Run/ }),
  ).not.toHaveAttribute('aria-disabled', 'true');
  await page.goto('/workbench/audit/team-a');
  await expect(page.getByText(/You need/).first()).toBeVisible();
  await expectAccessible(page);
  expect(errors).toEqual([]);
});

test('to a stranger a workspace of others is not there', async ({ page }) => {
  test.setTimeout(180_000);
  const errors = collectErrors(page);
  await signIn(page, 'Sam');
  await page.goto('/workbench/pipelines/team-a');
  await expect(
    page.getByText('There is nothing here, or not for you.'),
  ).toBeVisible();
  await expect(page.getByText('shop', { exact: true })).not.toBeVisible();
  await expectAccessible(page);
  expect(errors).toEqual([]);
});

for (const theme of ['light']) {
  for (const language of ['en']) {
    test(`the workbench is accessible: ${theme}, ${language}`, async ({
      page,
    }) => {
      test.setTimeout(300_000);
      await page.addInitScript(
        ([name, tongue]) => {
          localStorage.setItem('theme', name);
          localStorage.setItem('language', tongue);
        },
        [theme, language],
      );
      const errors = collectErrors(page);
      await signIn(page, 'Ann');
      for (const [address, shown] of [
        ['overview/team-a', 'h1'],
        ['pipelines/team-a', 'table'],
        ['pipelines/team-a/pipeline/shop', 'table'],
        ['pipelines/team-a/new', 'h1'],
        ['audit/team-a', 'table'],
      ]) {
        await page.goto(`/workbench/${address}`);
        await expect(page.locator(shown).first()).toBeVisible({
          timeout: 30_000,
        });
        await expect(page.locator('html')).toHaveAttribute('lang', language);
        await expectAccessible(page);
      }
      expect(errors).toEqual([]);
    });
  }
}
