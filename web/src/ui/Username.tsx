/** Tells a password manager whose password is typed below; nobody sees it. */
export function Username({ name }: { name: string }) {
  return <input type="text" name="username" autoComplete="username" value={name} readOnly hidden />;
}
