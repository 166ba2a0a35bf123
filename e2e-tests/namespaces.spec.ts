import { expect, test, type Page } from '@playwright/test';
import { collectErrors, expectAccessible, signIn } from './support';

test.use({ actionTimeout: 20_000 });

const NAMESPACES = '/workbench/namespaces/team-a';
const unique = (name: string) => `${name}-${Date.now().toString(36)}`;

/** Switches theme and language, as the portal's settings keep them. */
async function use(page: Page, theme: 'light' | 'dark', language: 'en' | 'zh') {
  await page.evaluate(
    ([mode, tongue]) => {
      localStorage.setItem('theme', mode);
      localStorage.setItem('language', tongue);
    },
    [theme, language],
  );
}

/** Opens the list; a portal without clusters has nothing to test here. */
async function openList(page: Page) {
  await page.goto(NAMESPACES);
  await expect(page.getByRole('heading', { level: 2 })).toBeVisible();
}

test('an admin creates a namespace with a quota, sees what is used and deletes it by its name', async ({
  page,
}) => {
  test.setTimeout(180_000);
  const errors = collectErrors(page);
  const name = unique('e2e');
  await signIn(page, 'Ann');
  await openList(page);
  await expect(page.getByRole('table', { name: 'Namespaces' })).toBeVisible({
    timeout: 60_000,
  });
  await expectAccessible(page);

  await page.getByRole('link', { name: 'Create namespace' }).click();
  await page.getByRole('textbox', { name: /^Name/ }).fill(name);
  await page.getByRole('textbox', { name: 'CPU requested' }).fill('4 cores');
  await page.getByRole('button', { name: 'Create namespace' }).click();
  await expect(
    page.getByText('Write a quantity such as 500m, 2 or 4Gi.'),
  ).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('textbox', { name: 'CPU requested' }).fill('500m');
  await page.getByRole('textbox', { name: 'Pods', exact: true }).fill('10');
  await page.getByRole('button', { name: 'Create namespace' }).click();

  await expect(page.getByRole('heading', { name })).toBeVisible();
  await expect(page.getByText('0 of 10, 0%')).toBeVisible({ timeout: 30_000 });
  await expectAccessible(page);

  await page.getByRole('button', { name: `More for ${name}` }).click();
  await page.getByRole('menuitem', { name: `Delete ${name}` }).click();
  const dialog = page.getByRole('dialog', { name: /^Delete/ });
  const act = dialog.getByRole('button', { name: `Delete ${name}` });
  await expect(act).toHaveAttribute('aria-disabled', 'true');
  await expectAccessible(page);
  await dialog.getByRole('textbox').fill(name);
  await act.click();
  await expect(page.getByText('Being deleted').first()).toBeVisible();
  expect(errors).toEqual([]);
});

test('a viewer sees the namespaces and reads why nothing can be changed', async ({
  page,
}) => {
  await signIn(page, 'Vi');
  await openList(page);
  const create = page.getByRole('button', { name: 'Create namespace' });
  await expect(create.first()).toHaveAttribute('aria-disabled', 'true');
  await page.goto(`${NAMESPACES}/clusters`);
  await expect(
    page.getByRole('heading', { name: 'Who can bind clusters' }),
  ).toBeVisible();
  await expectAccessible(page);
  await page.goto('/workbench/admin');
  await expect(
    page.getByText('You need "amamba.platform.read"', { exact: false }),
  ).toBeVisible();
  await expectAccessible(page);
});

test('a stranger finds nothing', async ({ page }) => {
  await signIn(page, 'Sam');
  await page.goto(NAMESPACES);
  await expect(
    page.getByText('There is nothing here, or not for you.'),
  ).toBeVisible();
});

for (const theme of ['light', 'dark'] as const) {
  for (const language of ['en', 'zh'] as const) {
    test(`pages for a platform engineer are accessible, ${theme}, ${language}`, async ({
      page,
    }) => {
      test.setTimeout(120_000);
      await signIn(page, 'Pat');
      await use(page, theme, language);
      for (const path of [
        NAMESPACES,
        `${NAMESPACES}/clusters`,
        '/workbench/admin',
        '/workbench/admin/clusters',
        '/workbench/admin/engines',
      ]) {
        await page.goto(path);
        await expect(page.getByRole('heading', { level: 2 })).toBeVisible();
        await expect(
          page
            .getByRole('heading', { level: 3 })
            .or(page.getByRole('table'))
            .first(),
        ).toBeVisible();
        await expectAccessible(page);
      }
    });
  }
}
