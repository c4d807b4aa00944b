/** Debian's Chromium, headless, with a window as operations staff have it. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { chromium, type Browser, type Page } from 'playwright-core';

/** What else Chromium asks of the network would fail on a machine without any, many times a second. */
const args = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** @throws Error when CHROMIUM_PATH is not set: `npm test -- --browser` finds it, and sets it */
export function openChromium(): Promise<Browser> {
  const executablePath = process.env['CHROMIUM_PATH'];
  if (!executablePath) throw new Error('CHROMIUM_PATH is not set: npm test -- --browser finds Chromium');
  return chromium.launch({ executablePath, headless: true, args });
}

/** Keeps what is on the page as a picture, where SCREENSHOTS names a folder: docs/images has those of the docs. */
export async function picture(page: Page, name: string): Promise<void> {
  const folder = process.env['SCREENSHOTS'];
  if (!folder) return;
  await mkdir(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`) });
}
