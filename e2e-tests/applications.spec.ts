import { expect, test, type Page } from '@playwright/test';
import { collectErrors, expectAccessible, signIn } from './support';

test.describe.configure({ mode: 'serial' });
test.use({ actionTimeout: 20_000 });

const LIST = '/workbench/applications/team-a';
const IN_DEV = `${LIST}/application/sandbox-1/team-a-dev`;
const SHOP = `${LIST}/application/sandbox-1/team-a-prod/application/store`;

/** Objects come and go, and many of them start at once. */
const SLOW = { timeout: 60_000 };

/** Toasts are in a region too. */
const CHANGES = { name: /^Changes of/ };

async function openAct(page: Page, workload: string, act: string) {
  await page.getByRole('button', { name: `More for ${workload}` }).click();
  await page.getByRole('menuitem', { name: act }).click();
  return page.getByRole('dialog', { name: `${act}?` });
}

/** Confirms what a dialog says, and waits until it has gone. */
async function confirm(page: Page, act: string) {
  const dialog = page.getByRole('dialog', { name: `${act}?` });
  await dialog.getByRole('button', { name: act, exact: true }).click();
  await expect(dialog).toBeHidden(SLOW);
}

test('from a failing application to its cause in two clicks', async ({
  page,
}) => {
  test.setTimeout(180_000);
  const errors = collectErrors(page);
  await signIn(page, 'Ed');
  await page.goto(LIST);
  const rows = page.getByRole('rowheader');
  await expect(rows.first()).toBeVisible(SLOW);
  // what needs attention comes first, and says why
  const first = page.getByRole('row').nth(1);
  await expect(first.getByText('Degraded')).toBeVisible();
  await expectAccessible(page);

  await page.getByRole('searchbox').fill('billing');
  await expect(rows).toHaveCount(1);
  await page.getByRole('link', { name: 'billing' }).click();
  await expect(page.getByRole('alert')).toBeVisible();
  await expect(
    page.getByRole('group', { name: 'Topology' }).getByRole('button'),
  ).not.toHaveCount(0);
  await expectAccessible(page);

  await page.getByRole('button', { name: /^Pod, pay-/ }).click();
  const panel = page.getByRole('dialog', { name: /^Pod\/pay-/ });
  await expect(panel.getByText(/registry refused the pull/i)).toBeVisible();
  await expect(panel.getByText(/pull access denied/).first()).toBeVisible();
  await expectAccessible(page);
  await page.keyboard.press('Escape');
  await expect(panel).toBeHidden();

  await page.getByRole('link', { name: 'Resources' }).click();
  await page
    .getByRole('button', { name: /^mailer-/ })
    .first()
    .click();
  await page.getByRole('link', { name: /^Previous log of/ }).click();
  await expect(page).toHaveURL(/\/logs\?pod=mailer-.*previous=true/);
  expect(errors).toEqual([]);
});

test('scales, changes the image and goes back, and the page follows', async ({
  page,
}) => {
  test.setTimeout(240_000);
  const errors = collectErrors(page);
  await signIn(page, 'Ed');
  await page.goto(`${SHOP}/resources`);
  const workload = page.getByRole('row', { name: /Deployment\/cart/ });
  await expect(workload).toBeVisible(SLOW);
  const ready = await workload.getByText(/of \d+ pods ready/).textContent();
  const before = Number(/of (\d+)/.exec(ready ?? '')?.[1]);
  const one = String(before + 1);

  for (const pods of [one, String(before)]) {
    const dialog = await openAct(page, 'Deployment/cart', 'Scale cart');
    await dialog.getByRole('spinbutton', { name: 'Pods' }).fill(pods);
    await expect(dialog.getByText(new RegExp(`to ${pods} pods`))).toBeVisible(
      SLOW,
    );
    await expectAccessible(page);
    await confirm(page, 'Scale cart');
    await expect(
      workload.getByText(`${pods} of ${pods} pods ready`),
    ).toBeVisible(SLOW);
  }

  const image = await openAct(page, 'Deployment/cart', 'Change image of cart');
  const field = image.getByRole('textbox').first();
  const old = await field.inputValue();
  await field.fill(old.replace(/:[^:/]*$/, ':9.9.9'));
  await expect(image.getByText(/becomes .*:9\.9\.9/)).toBeVisible(SLOW);
  await image
    .getByRole('button', { name: 'Show the changes line by line' })
    .click();
  await expect(image.getByRole('region', CHANGES)).toContainText('9.9.9');
  await expectAccessible(page);
  await confirm(page, 'Change image of cart');
  await expect(workload.getByText(/:9\.9\.9/)).toBeVisible(SLOW);

  await page.getByRole('link', { name: 'Revisions' }).click();
  const now = page.getByRole('row', { name: /runs now.*9\.9\.9/ });
  await now.getByRole('button', { name: /^What changed/ }).click();
  await expect(page.getByRole('region', CHANGES)).toContainText('9.9.9');
  await expectAccessible(page);
  await page
    .getByRole('row', { name: /Deployment\/cart/ })
    .getByRole('button', { name: /^Roll back to revision/ })
    .first()
    .click();
  const back = page.getByRole('dialog', { name: /^Roll back cart to/ });
  await expect(back.getByText(/become those of revision/)).toBeVisible(SLOW);
  await back.getByRole('button', { name: /^Roll back cart/ }).click();
  await expect(back).toBeHidden(SLOW);
  await expect(now).toHaveCount(0, SLOW);
  expect(errors).toEqual([]);
});

test('edits a manifest: checked, compared, saved', async ({ page }) => {
  test.setTimeout(180_000);
  await signIn(page, 'Ed');
  await page.goto(`${SHOP}/yaml?node=Deployment%2Fcart`);
  await page.getByRole('button', { name: 'Edit' }).click();
  await expect(
    page.getByRole('button', { name: 'Check', exact: true }),
  ).toHaveAttribute('aria-disabled', 'true');
  const text = page.getByRole('textbox', {
    name: 'Manifest of Deployment/cart',
  });
  await expect(text).toContainText('kind: Deployment');
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect(page.getByRole('button', { name: 'Edit' })).toBeVisible();
});

test('deletes after the name was typed, and follows to the end', async ({
  page,
}) => {
  test.setTimeout(180_000);
  await signIn(page, 'Ann');
  const asked = page.waitForRequest(request =>
    request.url().includes('/api/amamba/v1/workspaces/team-a'),
  );
  await page.goto(LIST);
  const request = await asked;
  const name = `to-delete-${Date.now()}`;
  const created = await page.request.post(
    `${new URL(request.url()).origin}/api/amamba/v1/workspaces/team-a/applications`,
    {
      headers: { authorization: request.headers().authorization },
      data: {
        cluster: 'sandbox-1',
        namespace: 'team-a-dev',
        yaml: `apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name} }
spec:
  replicas: 1
  selector: { matchLabels: { app: ${name} } }
  template:
    metadata: { labels: { app: ${name} } }
    spec: { containers: [{ name: app, image: 'registry.example.com/x:1' }] }
`,
      },
    },
  );
  expect(created.status(), await created.text()).toBe(202);

  await page.goto(`${IN_DEV}/deployment/${name}`);
  await expect(page.getByRole('heading', { level: 2, name })).toBeVisible(SLOW);
  await page.getByRole('button', { name: `More for ${name}` }).click();
  await page.getByRole('menuitem', { name: `Delete ${name}` }).click();
  const dialog = page.getByRole('dialog', { name: `Delete ${name}?` });
  const act = dialog.getByRole('button', { name: `Delete ${name}` });
  await expect(act).toHaveAttribute('aria-disabled', 'true');
  await expectAccessible(page);
  await dialog.getByRole('textbox').fill(name);
  await expect(act).not.toHaveAttribute('aria-disabled', 'true');
  await act.click();
  await expect(page).toHaveURL(new RegExp(`${LIST}$`), SLOW);
  await page.getByRole('searchbox').fill(name);
  await expect(
    page.getByText('No application matches the filters.'),
  ).toBeVisible();
});

test('a viewer reads why not, and who helps', async ({ page }) => {
  test.setTimeout(120_000);
  await signIn(page, 'Vi');
  await page.goto(`${IN_DEV}/cronjob/nightly-report`);
  const run = page.getByRole('button', { name: 'Run nightly-report now' });
  await expect(run).toHaveAttribute('aria-disabled', 'true', SLOW);
  await run.hover();
  await expect(page.getByRole('tooltip')).toContainText(
    'amamba.application.update',
  );
  await page.mouse.move(0, 0);
  await expect(page.getByRole('tooltip')).toBeHidden();
  await expectAccessible(page);
});

test('a stranger finds nothing', async ({ page }) => {
  await signIn(page, 'Sam');
  await page.goto(`${IN_DEV}/application/billing`);
  await expect(
    page.getByText('There is nothing here, or not for you.'),
  ).toBeVisible();
  await expectAccessible(page);
});

test('the tab of an entity shows what belongs to it', async ({ page }) => {
  await signIn(page, 'Ed');
  await page.goto('/catalog/default/component/shop/application');
  await expect(page.getByRole('row', { name: /store/ }).first()).toBeVisible(
    SLOW,
  );
  await expectAccessible(page);
  await page.goto('/catalog/default/component/shop');
  await expect(page.getByRole('link', { name: /applications$/ })).toBeVisible();
});

for (const [locale, colorScheme] of [
  ['zh-CN', 'light'],
  ['zh-CN', 'dark'],
  ['en-US', 'dark'],
] as const) {
  test.describe(`in ${locale}, ${colorScheme}`, () => {
    test.use({ locale, colorScheme });
    test('has no fault that axe knows', async ({ page }) => {
      test.setTimeout(240_000);
      await signIn(page, 'Ann');
      await page.goto(LIST);
      await expect(page.getByRole('rowheader').first()).toBeVisible(SLOW);
      await expectAccessible(page);
      for (const view of [
        'topology',
        'resources',
        'events',
        'revisions',
        'yaml',
      ]) {
        await page.goto(`${IN_DEV}/application/billing/${view}`);
        await expect(
          page.getByRole('heading', { level: 2, name: 'billing' }),
        ).toBeVisible(SLOW);
        await page.waitForLoadState('networkidle');
        await expectAccessible(page);
      }
    });
  });
}
