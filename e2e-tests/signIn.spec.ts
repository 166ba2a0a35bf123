import { expect, test } from '@playwright/test';

test('a sample user signs in and finds the components of the catalog', async ({
  page,
}) => {
  const errors: string[] = [];
  page.on('pageerror', error => errors.push(error.message));

  await page.goto('/');
  await expect(
    page.getByRole('heading', { name: 'Sign in to the sandbox' }),
  ).toBeVisible();
  await page.getByRole('button', { name: 'Ann', exact: false }).click();

  await expect(page.getByRole('link', { name: 'landing' })).toBeVisible();
  expect(errors).toEqual([]);
});
