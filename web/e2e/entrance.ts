// What somebody does at the door, and behind it to get somewhere.
import { expect, type Page } from '@playwright/test';
import { PASSWORD } from './account';

export async function typeSignIn(page: Page, name: string, password: string = PASSWORD): Promise<void> {
  await page.getByLabel('Name', { exact: true }).fill(name);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

/** Opens the page and signs in. */
export async function signIn(page: Page, url: string, name: string, password?: string): Promise<void> {
  await page.goto(url);
  await typeSignIn(page, name, password);
  await expect(menuButton(page, name)).toBeVisible();
}

/** Through the menu, until one is at the door again: before that, the page may still be signing out. */
export async function signOut(page: Page, name: string): Promise<void> {
  await choose(page, name, 'Sign out');
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
}

export function menuButton(page: Page, name: string) {
  return page.getByRole('button', { name: `Account: ${name}` });
}

export async function choose(page: Page, name: string, item: string): Promise<void> {
  await menuButton(page, name).click();
  await page.getByRole('navigation', { name: 'Account' }).getByText(item, { exact: true }).click();
}

/** Goes to a place that is not in sight. */
export async function chooseMore(page: Page, place: string): Promise<void> {
  await page.getByRole('button', { name: 'More', exact: true }).click();
  await page.getByRole('list', { name: 'More' }).getByRole('link', { name: place }).click();
}
