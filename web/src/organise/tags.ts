/** What somebody typed between commas. One letter has one form, however a keyboard makes it; the server does the rest. */
export function tagsIn(text: string): string[] {
  return text
    .normalize('NFC')
    .split(',')
    .map((tag) => tag.trim())
    .filter((tag) => tag !== '');
}
