/** The Temporal UI, by what stands on its pages. */
import type { Page } from 'playwright-core';
import { until } from '../support/until.ts';

const shownWithinMs = 60_000;

/** Opens a list of workflows. @returns the path of the first one in it; undefined while there is none */
export async function openView(page: Page, url: string): Promise<string | undefined> {
  await page.goto(url);
  await page.getByRole('heading', { name: /Workflows?$/ }).waitFor({ timeout: shownWithinMs });
  const rows = page.locator('a[href*="/workflows/route"]');
  await rows
    .first()
    .waitFor({ timeout: 2000 })
    .catch(() => undefined);
  return (await rows.count()) > 0 ? ((await rows.first().getAttribute('href')) ?? undefined) : undefined;
}

/** Opens a workflow, and its metadata. @returns its current details, once they say what is awaited */
export async function detailsOf(page: Page, url: string): Promise<string> {
  await page.goto(url);
  await page.getByText('User Metadata').first().click();
  // What is written in Markdown is shown in frames of their own.
  return until(
    'its details are shown',
    async () => {
      const shown = await Promise.all(page.frames().map((frame) => frame.locator('body').textContent()));
      return shown.find((text) => text?.includes('volgende stap')) ?? undefined;
    },
    shownWithinMs,
    500,
  );
}

/**
 * Sends an Update to the workflow that is open.
 * @returns how the UI shows that it was refused; undefined when it was not
 */
export async function sendUpdate(page: Page, name: string, data: object): Promise<string | undefined> {
  await page.getByRole('button', { name: 'More Actions' }).click();
  await page.getByRole('menuitem', { name: /Send an Update/i }).click();
  const dialog = page.locator('dialog[open]');
  await dialog.locator('button[aria-haspopup]').first().click();
  await dialog.getByRole('option', { name }).click();
  await dialog.locator('.cm-content').fill(JSON.stringify(data));
  await dialog.getByText('Update ID').click(); // what was typed is laid out anew then, and Submit moves
  await dialog.getByRole('button', { name: 'Submit' }).click();
  const refusal = dialog.getByRole('alert');
  await Promise.race([
    refusal.waitFor({ timeout: shownWithinMs }),
    dialog.waitFor({ state: 'detached', timeout: shownWithinMs }),
  ]);
  return (await refusal.count()) > 0 ? ((await refusal.textContent()) ?? undefined) : undefined;
}

/** Closes the dialog that is open. */
export const cancelDialog = (page: Page): Promise<void> =>
  page.locator('dialog[open]').getByRole('button', { name: 'Cancel' }).last().click();
