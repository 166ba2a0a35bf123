import { expect, test } from '@playwright/test';
import { collectErrors, expectAccessible, signIn } from './support';

test.describe.configure({ mode: 'serial' });
test.use({ actionTimeout: 20_000 });

test('from a component to a deployed build: run with parameters, approve, read report and artifact', async ({
  page,
}) => {
  test.setTimeout(180_000);
  const errors = collectErrors(page);
  await signIn(page, 'Ann');

  await page.goto('/catalog/default/component/shop');
  await page.getByText('Pipelines', { exact: true }).first().click();
  const row = page.getByRole('row', { name: /^shop/ });
  await expect(row).toBeVisible();
  await expectAccessible(page);

  await row.getByRole('button', { name: /^Run/ }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog).toBeVisible();
  await dialog.getByLabel('VERSION').fill('2.0.0');
  await dialog
    .getByRole('combobox', { name: 'ENVIRONMENT' })
    .selectOption('staging');
  await expectAccessible(page);
  await dialog.getByRole('button', { name: 'Run shop' }).click();

  await page.getByRole('link', { name: 'Open run' }).click();
  await expect(
    page.getByRole('heading', { name: 'Deploy to this environment?' }),
  ).toBeVisible({
    timeout: 90_000,
  });
  await expectAccessible(page);
  await page.getByRole('button', { name: /^Approve/ }).click();
  await expect(page.getByText(/^Succeeded after/)).toBeVisible({
    timeout: 60_000,
  });

  await page.getByRole('link', { name: /^Tests/ }).click();
  await expect(page.getByText('4 passed')).toBeVisible();
  await page.getByRole('link', { name: /^Artifacts/ }).click();
  const download = page.waitForEvent('download');
  await page
    .getByRole('button', { name: /Download shop-2\.0\.0\.sha256/ })
    .click();
  expect((await download).suggestedFilename()).toBe('shop-2.0.0.sha256');
  expect(errors).toEqual([]);
});
