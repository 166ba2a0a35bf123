import { chromium, type Page } from '@playwright/test';
import { findChromium } from '../../scripts/lib/system.mjs';
import type { Resources } from './resources';

/** Opens an empty page of a Chromium of its own. */
export async function openPage(resources: Resources): Promise<Page> {
  const browser = await chromium.launch({
    executablePath: findChromium(),
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
  });
  resources.add(() => browser.close());
  return browser.newPage({ locale: 'en-US' });
}

/** Opens a page of the portal as ann. */
export async function openSignedIn(page: Page, url: string): Promise<void> {
  await page.goto(url);
  await page.getByRole('button', { name: 'Ann' }).click();
}
